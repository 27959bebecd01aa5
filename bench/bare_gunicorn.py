"""How the bare route is served: as the line is, without what the line does at start and end."""

import os

bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 1
threads = 8
preload_app = True
keepalive = 5
loglevel = "warning"
control_socket_disable = True
