import Formats

/// The compiled defaults of sshd (servconf.c, `fill_default_server_options`) common to OpenSSH 7.0 to 10.x and to the
/// builds of Debian, Red Hat, Synology and Apple. They replace `sshd -T` where a call would otherwise need no root.
enum SSHDDefaults {
  /// - Parameter software: the software version in the banner, such as `OpenSSH_9.2p1 Debian-2`.
  /// - Returns: `nil` for other servers, and for versions before 7.0.
  static func effective(for software: String) -> SSHDEffective? {
    guard software.hasPrefix("OpenSSH_"), !software.hasPrefix("OpenSSH_for_Windows"),
      let major = Int(software.dropFirst(8).prefix { $0.isNumber }), major >= 7
    else { return nil }
    return SSHDEffective(values: values.mapValues { [$0] })
  }

  static let keysFiles = ".ssh/authorized_keys .ssh/authorized_keys2"

  private static let values = [
    "allowagentforwarding": "yes", "allowtcpforwarding": "yes", "authorizedkeysfile": keysFiles,
    "clientalivecountmax": "3", "clientaliveinterval": "0", "gatewayports": "no", "hostbasedauthentication": "no",
    "ignorerhosts": "yes", "logingracetime": "120", "loglevel": "INFO", "maxauthtries": "6", "maxsessions": "10",
    "passwordauthentication": "yes", "permitemptypasswords": "no", "permitrootlogin": "prohibit-password",
    "permittty": "yes", "permituserenvironment": "no", "port": "22", "pubkeyauthentication": "yes",
    "strictmodes": "yes", "tcpkeepalive": "yes",
  ]
}

extension SSHDEffective {
  /// Without a line for `AuthorizedKeysFile`, sshd reads `.ssh/authorized_keys` and `.ssh/authorized_keys2`. A request
  /// for the first alone is already in effect: an edit would only drop the second, and cost a reload.
  func acceptingDefaultKeysFile(_ edits: [SSHDConfigEdit], in tree: SSHDConfigTree) -> SSHDEffective {
    let option = "AuthorizedKeysFile"
    guard tree.firstValue(of: option) == nil, self[option] == [SSHDDefaults.keysFiles] else { return self }
    guard let edit = edits.first(where: { $0.keyword.lowercased() == option.lowercased() }),
      case .values(let wished) = edit.wish, wished == [".ssh/authorized_keys"]
    else { return self }
    var copy = self
    copy.values[option.lowercased()] = wished
    return copy
  }
}
