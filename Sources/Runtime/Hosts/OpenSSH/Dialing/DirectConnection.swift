import Formats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The configurations with which ssh does the same over a connection of the dialer as over its own (ssh.c, sshconnect.c
/// and readconf.c of OpenSSH 6.8 to 10.x).
///
/// With a `ProxyCommand`, ssh does not know the server's address. These keywords then mean something else:
///
/// * `ProxyCommand`, `ProxyJump`: the dialer's command would take their place.
/// * `CanonicalizeHostname`, `CanonicalizePermittedCNAMEs`: ssh does not look up the name.
/// * `CheckHostIP`, `NoHostAuthenticationForLocalhost`: ssh has no address to compare. `CheckHostIP` was the default up
///   to 8.4.
/// * `BindAddress`, `BindInterface`, `ConnectionAttempts`, `UsePrivilegedPort`, `IPQoS`: ssh does not make the socket.
///   `IPQoS` counts before the login since 10.1.
/// * `Match exec`, `KnownHostsCommand`, `SendEnv`: the variable `SHELL` is changed for the dialer's sake.
///
/// The dialer itself obeys `AddressFamily`, `ConnectTimeout`, `TCPKeepAlive`, `HostName` and `Port`. All other keywords,
/// such as `VerifyHostKeyDNS`, `HostKeyAlias`, `UpdateHostKeys` and those of GSSAPI and hostbased logins, do not look at
/// the `ProxyCommand`, or ask the connected socket itself.
enum DirectConnection {
  /// Values with which a keyword has no effect on a connection. ssh prints flags as `no` or `false`.
  private static let plain: [(keyword: String, values: Set<String>)] = [
    ("proxycommand", ["none"]), ("proxyjump", ["none"]), ("canonicalizehostname", ["no", "false"]),
    ("canonicalizepermittedcnames", ["none"]), ("checkhostip", ["no", "false"]),
    ("nohostauthenticationforlocalhost", ["no", "false"]), ("bindaddress", []), ("bindinterface", []),
    ("connectionattempts", ["1"]), ("useprivilegedport", ["no", "false"]),
    // The defaults of OpenSSH 10.1, 7.8, Debian, and before.
    ("ipqos", ["ef none", "af21 cs1", "lowdelay throughput"]), ("knownhostscommand", ["none"]),
  ]

  /// The first keyword that needs ssh's own connection; `match exec` for a `Match` block with a command; `hostname`
  /// for a name that ssh cannot pass on safely, or without a configuration.
  static func obstacle(in config: ClientConfig) -> String? {
    for (keyword, values) in plain {
      if let value = config[keyword], !values.contains(value.lowercased()) { return keyword }
    }
    if config.runsCommands { return "match exec" }
    let sent = (config.values["sendenv"] ?? []).flatMap { $0.split(separator: " ").map(String.init) }
    if HostPattern.matches("SHELL", list: sent, ignoringCase: false) { return "sendenv" }
    // Shells read the name; newer versions of ssh refuse other characters anyway.
    guard let host = config["hostname"], isSafe(host) else { return "hostname" }
    return nil
  }

  /// Whether a name is a single word to every shell, and no option.
  static func isSafe(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix("-") && name.utf8.count < 256
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._:%-".contains($0)) }
  }

  /// Whether a name is an address, which needs no look-up.
  static func isAddress(_ name: String) -> Bool {
    var space = in6_addr()
    return inet_pton(AF_INET, name, &space) == 1 || inet_pton(AF_INET6, name, &space) == 1
  }
}
