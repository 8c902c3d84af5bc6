extension Cause {
  package static let refused = Cause(
    "refused", "the connection was refused",
    "the host is there, but no SSH server listens on port {port}: it is switched off, or it listens on another port",
    fix: [
      "on a Raspberry Pi, in its own terminal: sudo raspi-config nonint do_ssh 0",
      "on a Synology: Control Panel > Terminal & SNMP > Terminal > Enable SSH service > Apply",
      "if the server has another port, name it: {account}:PORT",
    ], signs: ["Connection refused"])

  package static let noRoute = Cause(
    "no-route", "the host cannot be reached",
    "no way leads to the host: it is off, in another network, or a firewall says no",
    fix: ["see whether the host is on and has this address: ping {address}"],
    signs: ["No route to host", "Network is unreachable", "Host is down"])

  package static let timeout = Cause(
    "timeout", "the host did not answer",
    "nothing came back: the address is wrong, the host is off or asleep, a firewall is silent, or the host has banned this "
      + "computer's address after failed logins (fail2ban, Synology's Auto Block)",
    fix: [
      "try from another computer: if that works, this address is banned",
      "on a Synology: Control Panel > Security > Protection > Allow/Block List > remove this address",
    ], signs: ["Connection timed out", "Operation timed out"])

  package static let unknownHost = Cause(
    "unknown-host", "the host's name is not known",
    "no address belongs to the name \"{address}\"",
    fix: [
      "check the spelling, or give the host's IP address",
      "names that end in .local need mDNS (Avahi, Bonjour) on both sides",
    ], signs: ["Could not resolve hostname", "Name or service not known", "nodename nor servname"])

  package static let penalty = Cause(
    "penalty", "the server turns this computer away for a while",
    "there were too many failed or unfinished logins from this address; sshd forgets them with time, after 10 minutes at most",
    fix: [
      "wait 10 minutes and try once",
      "an administrator can except this address: PerSourcePenaltyExemptList in sshd_config (OpenSSH 9.8 and newer)",
    ], signs: ["Not allowed at this time", "Exceeded MaxStartups", " penalty: "])

  package static let silentServer = Cause(
    "silent-server", "the server accepts connections and says nothing",
    "port {port} accepted the connection, and the SSH server's greeting never came: sshd is stopped or overloaded, the host "
      + "is out of memory or waits for its disk, a firewall answers in the host's place, or another service has this port "
      + "and waits for its client to speak first, such as a web server",
    fix: [
      "try again in a minute; if it stays so, look on the host's own console: uptime; sudo systemctl status ssh sshd",
      "if sshd has another port, name it: {account}:PORT",
    ], signs: ["timed out during banner exchange"])

  /// Our words beside ssh's own, which are the same for both.
  package static let silentLoginSign = "the server answered at first, and then nothing more came"
  package static let keyExchangeSign = "the server's greeting came, and the exchange of keys did not end"

  package static let keyExchangeHangs = Cause(
    "key-exchange-hangs", "the server does not finish the exchange of keys",
    "the server greets, and no long message gets through: most often, a VPN, tunnel or router on the way drops "
      + "large packets (its MTU is too small, and it does not say so)",
    fix: [
      "see whether large packets pass: ping -M do -s 1472 {address} (on a Mac: ping -D -s 1472 {address})",
      "if they don't: sudo ip link set dev INTERFACE mtu 1280, for the interface of the VPN or of this network",
      "or shorten ssh's messages, in ~/.ssh/config for this host: KexAlgorithms curve25519-sha256; HostKeyAlgorithms "
        + "ssh-ed25519; Ciphers aes256-ctr; MACs hmac-sha2-256",
    ], signs: [keyExchangeSign])

  package static let silentLogin = Cause(
    "silent-login", "the server fell silent during the login",
    "the keys were exchanged, and then no answer came for 45 seconds: the host is overloaded, out of memory or waits for its "
      + "disk; sshd or PAM waits for another server (LDAP, RADIUS, DNS); or the network broke",
    fix: [
      "try again in a minute; on the host's own console: uptime; sudo journalctl -u ssh -u sshd -n 20",
      "where PAM waits for another server, see the log for its module: sudo journalctl -n 50 | grep pam_",
    ], signs: [silentLoginSign])

  /// Our words in front of ssh's own, which do not tell whether the server had greeted.
  package static let hungUpSign = "the server greeted, and ended the connection before it named a way to log in"

  package static let hungUp = Cause(
    "hung-up", "the server hung up during the login",
    "an SSH server answers at port {port}, and ends the connection before it names a way to log in: sshd crashes, its host "
      + "keys or its Banner cannot be used, the host is out of memory, or a firewall ends the connection",
    fix: [
      "sshd's log tells more; on the host's own console: sudo journalctl -u ssh -u sshd -n 20",
      "see how far it comes: ssh -v {login}",
    ], signs: [hungUpSign])

  package static let damaged = Cause(
    "damaged", "the server's answers cannot be read",
    "an SSH server answers at port {port}, and what comes after its greeting is damaged: a proxy, VPN or network device on "
      + "the way changes it, or it is no real SSH server",
    fix: ["try from another network, or without the VPN", "see how far it comes: ssh -v {login}"],
    signs: [
      "message authentication code incorrect", "padding error", "Bad packet length", "Corrupted MAC on input",
      "Corrupted padlen", "incomplete message",
    ])

  package static let noBanner = Cause(
    "no-banner", "no SSH server answered",
    "something listens on port {port}, but it does not speak SSH, or it hung up at once: another service, an overloaded "
      + "or crashed sshd, a ban, or a rule against this address (hosts.deny, a firewall)",
    fix: [
      "check the port, and wait 10 minutes before the next try: more tries make a ban longer",
      "on the host: grep -i sshd /etc/hosts.deny /etc/hosts.allow; sudo journalctl -u ssh -u sshd -n 20",
    ],
    signs: [
      "banner exchange", "kex_exchange_identification", "Bad remote protocol version", "invalid format banner",
    ])

  package static let oldAlgorithms = Cause(
    "old-algorithms", "the host and this computer have no algorithm in common",
    "the server is so old that it offers only what OpenSSH of today refuses, or the other way round",
    fix: [
      "update the older of the two",
      "until then allow the old algorithm for this host alone, in ~/.ssh/config, under Host {host}: {setting}",
    ], signs: ["no matching host key type", "no matching key exchange", "no matching cipher", "no matching MAC"])

  package static let lost = Cause(
    "lost", "the connection ended",
    "the connection broke while a step was at work; whether that step was finished is not known",
    fix: ["run the recipe again: it looks first and does only what is missing"],
    signs: ["Broken pipe", "Connection reset", "closed by remote host", "client_loop: send disconnect"])

  package static let jumpForbids = Cause(
    "jump-forbids", "the jump host does not pass the connection on",
    "{jump} let us in, and its sshd does not forward to {address}: AllowTcpForwarding, PermitOpen or DisableForwarding "
      + "says so, or an option of the key there",
    fix: ["on the jump host, in sshd_config: AllowTcpForwarding local, and no PermitOpen without {address}:{port}"],
    signs: ["open failed: administratively prohibited"])

  /// Our words, in place of an `ssh` that would start itself without end.
  package static let jumpCircleSign = "ProxyJump leads in a circle"

  package static let jumpCircle = Cause(
    "jump-circle", "the way over the jump hosts has no end",
    "{text}; as a rule, a ProxyJump meant for other hosts (Host *) holds for the jump host too",
    fix: [
      "in ~/.ssh/config, above that line, a block for the jump host itself: Host NAME, and below it: ProxyJump none"
    ],
    signs: [jumpCircleSign])

  package static let proxyCommand = Cause(
    "proxy-command", "the ProxyCommand does not reach the host",
    "ssh reaches {host} by a command of its configuration, over which no SSH server answered: {text}",
    fix: [
      "see whether the program is there and what it says: {text} </dev/null",
      "or take the ProxyCommand out of ~/.ssh/config",
    ])

  static let network = [
    penalty, jumpForbids, jumpCircle, proxyCommand, unknownHost, refused, noRoute, silentServer,
    keyExchangeHangs, silentLogin, hungUp, damaged, noBanner, timeout, oldAlgorithms, lost,
  ]
}
