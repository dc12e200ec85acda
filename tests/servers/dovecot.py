"""A mailbox over IMAP, on a port of the loopback: Debian's Dovecot."""

import getpass
import os
import pwd
import shutil
import tempfile
from imaplib import IMAP4
from pathlib import Path

from tests.servers.ports import free_port
from tests.servers.programs import PATIENCE, ended, listens, started

SERVER = shutil.which("dovecot") or "/usr/sbin/dovecot"
USER, PASSWORD = "reply", "a-secret"
CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
log_path = {home}/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/mails
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mails
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""
NOT_ROOT = """
default_internal_user = {me}
default_login_user = {me}
default_internal_group = {group}
"""


class Dovecot:
    """One mailbox, empty at the beginning."""

    def __init__(self) -> None:
        """Start it. As root it keeps the mails as nobody, since it serves none of root's."""
        self._home = Path(tempfile.mkdtemp(prefix="hallway-dovecot-"))
        self.port = free_port()
        owner = pwd.getpwnam("nobody" if os.geteuid() == 0 else getpass.getuser())
        (self._home / "mails").mkdir()
        if os.geteuid() == 0:
            self._home.chmod(0o755)
            os.chown(self._home / "mails", owner.pw_uid, owner.pw_gid)
        text = CONFIGURATION.format(
            home=self._home, port=self.port, password=PASSWORD, uid=owner.pw_uid, gid=owner.pw_gid
        )
        if os.geteuid() != 0:
            text += NOT_ROOT.format(me=owner.pw_name, group=owner.pw_name)
        file = self._home / "dovecot.conf"
        file.write_text(text, "utf-8")
        self._process = started([SERVER, "-F", "-c", file], lambda: listens(self.port), log=self._home / "log")

    @property
    def address(self) -> str:
        """As the setting takes it."""
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    def put(self, mail: bytes) -> None:
        """A mail arrives."""
        with self._line() as line:
            line.append("INBOX", "", "", mail)

    def flags(self) -> list[str]:
        """Of each mail, what is said of it."""
        with self._line() as line:
            line.select("INBOX", readonly=True)
            _, found = line.fetch("1:*", "(FLAGS)")
            return [one.decode() if isinstance(one, bytes) else str(one) for one in found]

    def _line(self) -> IMAP4:
        line = IMAP4("127.0.0.1", self.port, timeout=PATIENCE)
        line.login(USER, PASSWORD)
        return line

    def remove(self) -> None:
        """End it, and take its files away."""
        ended(self._process)
        shutil.rmtree(self._home)
