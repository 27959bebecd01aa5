"""`/readyz`: ready, degraded with what, or 503 only when a row can be taken nowhere."""


def ready(line):
    answer = line.client.get("/readyz")
    return answer.status_code, answer.text


def test_a_process_that_lives_says_so_whatever_is_away(line):
    with line.away():
        assert line.client.get("/healthz").status_code == 200


def test_without_its_queue_a_line_is_degraded_and_takes_calls(line):
    assert ready(line) == (200, "degraded: the queue is away; the sweep will ring again\n")


def test_without_its_database_a_line_is_degraded_until_all_is_caught_up(line):
    with line.away():
        status, said = ready(line)
        assert (status, "the database is away; the spool keeps what comes" in said) == (200, True)
        line.text("The ward was cold")
    with line.spool.mine():
        assert "1 in the spool wait for the database" in ready(line)[1]
    line.caught_up()
    assert "spool" not in ready(line)[1]


def test_a_spool_that_takes_nothing_is_said_while_the_database_takes_rows(line, tmp_path):
    (tmp_path / "spool").write_text("no folder")
    status, said = ready(line)
    assert (status, "the spool takes no row" in said) == (200, True)


def test_a_line_that_can_keep_nothing_anywhere_is_not_ready(line, tmp_path):
    (tmp_path / "spool").write_text("no folder")
    with line.away():
        assert ready(line) == (503, "neither the database nor the spool takes a row\n")
