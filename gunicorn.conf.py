"""How gunicorn serves the line; PORT and WEB_CONCURRENCY as everywhere."""

import os

wsgi_app = "app:create_app()"
bind = f"0.0.0.0:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 8
preload_app = True  # a wrong setting ends the start, in one line, and memory is shared
timeout = 30
graceful_timeout = 20  # a webhook in hand is answered before a restart
keepalive = 5
limit_request_line = 2048
forwarded_allow_ips = ""  # signatures are checked on PUBLIC_URL: no forwarded header is trusted
control_socket_disable = True
loglevel = "warning"
