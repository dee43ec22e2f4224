"""Runs LocalStack on the loopback interface alone, for as long as the process lives that holds its standard input."""

import os
import shutil
import threading

from twisted.internet import endpoints


def end_with_the_parent():
    os.read(0, 1)  # nothing is ever written: this returns when the other end is gone, by kill -9 as well
    shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
    os._exit(0)


class LoopbackEndpoint(endpoints.TCP4ServerEndpoint):
    """LocalStack 4.14.0 takes the port from GATEWAY_LISTEN and forgets the host."""

    def __init__(self, reactor, port, backlog=256, interface="127.0.0.1"):
        super().__init__(reactor, port, backlog, interface)


threading.Thread(target=end_with_the_parent, daemon=True).start()
endpoints.TCP4ServerEndpoint = LoopbackEndpoint

from localstack.runtime.main import main  # noqa: E402  after the change above

main()
