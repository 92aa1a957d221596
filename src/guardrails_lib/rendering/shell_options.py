"""How well-known programs are made to run another, or to write to a file."""

from __future__ import annotations

__all__ = ["OPTIONS", "RUNNERS", "SUBCOMMANDS"]

RUNNERS = frozenset(
    (
        *("ash", "bash", "busybox", "cmd", "csh", "dash", "fish", "ksh", "mksh", "pwsh", "sh"),
        *("tcsh", "zsh", "ssh", "su", "sudo", "doas", "runuser", "pkexec", "chroot", "unshare"),
        *("env", "exec", "eval", "command", "builtin", "source", ".", "nohup", "setsid", "nice"),
        *("ionice", "time", "timeout", "watch", "xargs", "parallel", "strace", "ltrace", "gdb"),
        *("python", "python2", "python3", "perl", "ruby", "node", "deno", "bun", "php", "lua"),
        *("tclsh", "expect", "irb", "java", "groovy", "scala", "Rscript", "R", "julia", "jshell"),
        *("awk", "gawk", "mawk", "nawk", "sed", "ed", "ex", "vi", "vim", "nvim", "emacs", "nano"),
        *("less", "more", "man", "make", "cmake", "npx", "uvx", "pipx", "crontab", "at", "batch"),
        *("script", "flock", "stdbuf", "nsenter", "systemd-run", "docker", "podman", "kubectl"),
        *("socat", "nc", "ncat", "netcat", "telnet", "screen", "tmux", "setarch", "taskset"),
        *("rlwrap", "openvpn", "m4", "sqlite3", "psql", "mysql", "mongo", "mongosh", "redis-cli"),
        *(
            "ftp",
            "sftp",
            "dd",
            "trap",
            "alias",
            "osascript",
            "open",
            "xdg-open",
            "start-stop-daemon",
        ),
    )
)
"""Programs that are there to run others, or that take programs as arguments."""

OPTIONS: dict[str, tuple[str, ...]] = {
    "find": (
        *("-exec", "-execdir", "-ok", "-okdir", "-delete"),
        *("-fprint", "-fprint0", "-fprintf", "-fls"),
    ),
    "fd": ("-x", "-X", "--exec", "--exec-batch"),
    "rg": ("--pre", "--hostname-bin"),
    "ag": ("--pager",),
    "git": (
        *("--upload-pack", "--receive-pack", "--exec", "--ext-diff", "--textconv", "-O"),
        *("--open-files-in-pager", "--output", "--template", "--config"),
    ),
    "git clone": ("-c", "-u"),
    "git rebase": ("-x",),
    "tar": (
        *("--checkpoint-action", "--to-command", "--use-compress-program", "-I", "--info-script"),
        *("-F", "--new-volume-script", "--rsh-command", "--rmt-command"),
    ),
    "zip": ("-T", "--test", "--unzip-command"),
    "rsync": ("-e", "--rsh", "--rsync-path", "--daemon", "--config", "--log-file"),
    "scp": ("-o", "-S", "-F", "-D"),
    "curl": (
        *("-o", "-O", "--output", "--remote-name", "--output-dir", "-K", "--config", "-T"),
        *("--upload-file", "-D", "--dump-header", "-c", "--cookie-jar", "--trace"),
        *("--trace-ascii", "--stderr", "--engine", "--libcurl"),
    ),
    "wget": (
        *("-O", "--output-document", "-e", "--execute", "--use-askpass", "-P", "--post-file"),
        *("--directory-prefix", "-o", "--output-file", "-a", "--append-output", "--config"),
        *("--body-file", "--save-cookies"),
    ),
    "sort": ("-o", "--output", "--compress-program"),
    "split": ("--filter",),
    "tree": ("-o",),
    "date": ("-s", "--set"),
    "hostname": ("-F", "--file"),
    "file": ("-C", "--compile"),
    "diff": ("--output",),
    "yq": ("-i", "--inplace"),
    "npm": ("--prefix", "--script-shell", "--shell"),
    "pytest": ("-p", "-c", "--rootdir", "--confcutdir", "--basetemp", "-o", "--override-ini"),
    "go": ("-exec", "-toolexec", "-o", "-overlay"),
    "cargo": ("--config",),
}
"""Options that run another program, or write to a file; by program, or its first two words."""

SUBCOMMANDS: dict[str, frozenset[str]] = {
    "git": frozenset(
        {"bisect", "config", "difftool", "filter-branch", "mergetool", "rebase", "submodule"}
    ),
    "npm": frozenset(
        {"exec", "x", "run", "run-script", "start", "test", "explore", "install", "i"}
    ),
    "go": frozenset({"run", "generate", "tool", "test", "install"}),
    "cargo": frozenset({"run", "test", "bench", "install", "build"}),
    "pip": frozenset({"install", "download", "wheel", "config"}),
    "ip": frozenset({"netns", "vrf"}),
    "apt": frozenset({"install", "changelog"}),
    "apt-get": frozenset({"install", "changelog"}),
    "brew": frozenset({"install", "sh"}),
    "uv": frozenset({"run", "tool", "pip"}),
    "poetry": frozenset({"run", "shell"}),
}
"""Commands of programs that run what others wrote, unless ``allow=`` spells them out. An option
before them would hide them, so none may stand there."""
