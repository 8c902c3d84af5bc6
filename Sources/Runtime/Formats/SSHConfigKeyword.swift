/// A keyword of ssh_config(5): the spelling of the manual, and one key for all names of an option.
package struct SSHConfigKeyword: Hashable, Sendable {
  /// In lower case, as in the output of `ssh -G`.
  package let key: String
  /// As the manual spells the keyword; as written for a keyword not listed here.
  package let text: String

  package init(_ written: String) {
    let lower = written.lowercased()
    key = Self.aliases[lower] ?? lower
    text = Self.spellings[key] ?? written
  }

  /// Older names (readconf.c).
  private static let aliases = [
    "dsaauthentication": "pubkeyauthentication", "pubkeyacceptedkeytypes": "pubkeyacceptedalgorithms",
    "hostbasedkeytypes": "hostbasedacceptedalgorithms", "hostbasedacceptedkeytypes": "hostbasedacceptedalgorithms",
    "challengeresponseauthentication": "kbdinteractiveauthentication",
    "skeyauthentication": "kbdinteractiveauthentication", "tisauthentication": "kbdinteractiveauthentication",
    "identityfile2": "identityfile", "userknownhostsfile2": "userknownhostsfile",
    "globalknownhostsfile2": "globalknownhostsfile", "keepalive": "tcpkeepalive",
    "smartcarddevice": "pkcs11provider",
  ]

  /// The options that bear on whether a login gets in, and how.
  private static let spellings = Dictionary(
    uniqueKeysWithValues: [
      "AddressFamily", "BatchMode", "BindAddress", "BindInterface", "CanonicalizeHostname", "CASignatureAlgorithms",
      "CertificateFile", "Ciphers", "ConnectTimeout", "ExitOnForwardFailure", "GlobalKnownHostsFile",
      "HostbasedAuthentication", "HostKeyAlgorithms", "HostKeyAlias", "HostName", "IdentitiesOnly", "IdentityAgent",
      "IdentityFile", "KbdInteractiveAuthentication", "KexAlgorithms", "KnownHostsCommand", "MACs",
      "NumberOfPasswordPrompts", "PasswordAuthentication", "PKCS11Provider", "Port", "PreferredAuthentications",
      "ProxyCommand", "ProxyJump", "PubkeyAcceptedAlgorithms", "PubkeyAuthentication", "RequiredRSASize",
      "SecurityKeyProvider", "StrictHostKeyChecking", "Tunnel", "User", "UserKnownHostsFile", "VerifyHostKeyDNS",
    ].map { ($0.lowercased(), $0) })
}
