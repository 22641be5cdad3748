"""Runs a command and waits until nothing that it started is left, orphans included; `-t` gives it a terminal of its own as a foreground job.

What happens goes to descriptor 3, a line of JSON each: {"stopped": true}, {"ended": {"code", "signal"}}, {"gone": true}.
"""

import ctypes
import json
import os
import pty
import select
import signal
import sys

PR_SET_CHILD_SUBREAPER = 36


def tell(**event):
    os.write(3, (json.dumps(event) + "\n").encode())


def tell_end(status):
    killed = os.WIFSIGNALED(status)
    name = signal.Signals(os.WTERMSIG(status)).name if killed else None
    tell(ended={"code": None if killed else os.WEXITSTATUS(status), "signal": name})


def put_in_front(group):
    try:
        os.tcsetpgrp(0, group)
    except OSError:
        pass  # the terminal is gone


def start(command, in_front):
    pid = os.fork()
    if pid == 0:
        os.close(3)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if in_front:
            os.setpgid(0, 0)
            put_in_front(os.getpid())
            signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execvp(command[0], command)
    return pid


def kill_children(*_):
    """What is left of a test that failed."""
    signal.signal(signal.SIGCHLD, kill_children)  # orphans become children when their parents die
    with open(f"/proc/{os.getpid()}/task/{os.getpid()}/children") as children:
        for pid in children.read().split():
            os.kill(int(pid), signal.SIGKILL)


def run(command, in_front):
    """Orphans come to this process, which has no children left only when none of them lives. With a terminal it does what a shell does."""
    signal.signal(signal.SIGTERM, kill_children)
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    if in_front:
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    home = start(command, in_front)
    if in_front:
        signal.signal(signal.SIGHUP, lambda *_: os.killpg(home, signal.SIGHUP))
    while True:
        try:
            pid, status = os.waitpid(-1, os.WUNTRACED)
        except ChildProcessError:
            return tell(gone=True)
        if pid != home:
            continue
        if in_front:
            put_in_front(os.getpgrp())
        if not os.WIFSTOPPED(status):
            tell_end(status)
            continue
        tell(stopped=True)
        sys.stdin.readline()  # a line is this shell's `fg`
        put_in_front(home)
        os.killpg(home, signal.SIGCONT)


def copy_terminal(terminal):
    """What is typed comes from standard input, what is shown goes to standard output."""
    sources = [terminal, 0]
    while True:
        for source in select.select(sources, [], [])[0]:
            try:
                data = os.read(source, 65536)
            except OSError:
                data = b""
            if source == terminal and not data:
                return
            if not data:
                sources.remove(0)
            os.write(1 if source == terminal else terminal, data)


if sys.argv[1] == "-t":
    pid, terminal = pty.fork()
    if pid == 0:
        run(sys.argv[2:], True)
    else:
        signal.signal(signal.SIGUSR1, lambda *_: os.close(terminal))
        signal.signal(signal.SIGTERM, lambda *_: os.kill(pid, signal.SIGTERM))
        copy_terminal(terminal)
        os.waitpid(pid, 0)
else:
    run(sys.argv[1:], False)
