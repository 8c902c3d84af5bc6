extension SSHDKeyword {
  /// sshd_config(5) up to OpenSSH 10.x, with the additions of Debian, Apple and portable builds.
  static let known: [SSHDKeyword] = accumulating + firstWins

  private static let accumulating: [SSHDKeyword] = [
    SSHDKeyword("AcceptEnv", .wordsAccumulate),
    SSHDKeyword("AllowGroups", .wordsAccumulate),
    SSHDKeyword("AllowUsers", .wordsAccumulate),
    SSHDKeyword("DenyGroups", .wordsAccumulate),
    SSHDKeyword("DenyUsers", .wordsAccumulate),
    SSHDKeyword("HostCertificate", .oneValueALine),
    SSHDKeyword("HostKey", .oneValueALine, aliases: ["HostDSAKey"]),
    SSHDKeyword("ListenAddress", .oneValueALine),
    SSHDKeyword("Port", .oneValueALine),
    SSHDKeyword("Subsystem", .byName),
  ]

  private static let renamed: [String: [String]] = [
    "HostbasedAcceptedAlgorithms": ["HostbasedAcceptedKeyTypes"],
    "KbdInteractiveAuthentication": ["ChallengeResponseAuthentication", "SkeyAuthentication"],
    "PubkeyAcceptedAlgorithms": ["PubkeyAcceptedKeyTypes"],
    "PubkeyAuthentication": ["DSAAuthentication"],
    "TCPKeepAlive": ["KeepAlive"],
    "GSSAPICleanupCredentials": ["GSSAPICleanupCreds"],
  ]

  private static let firstWins: [SSHDKeyword] = """
    AddressFamily AllowAgentForwarding AllowStreamLocalForwarding AllowTcpForwarding AuthenticationMethods
    AuthorizedKeysCommand AuthorizedKeysCommandUser AuthorizedKeysFile AuthorizedPrincipalsCommand
    AuthorizedPrincipalsCommandUser AuthorizedPrincipalsFile Banner CASignatureAlgorithms ChannelTimeout
    ChrootDirectory Ciphers ClientAliveCountMax ClientAliveInterval Compression DebianBanner
    DisableForwarding ExposeAuthInfo FingerprintHash ForceCommand GatewayPorts GSSAPIAuthentication
    GSSAPICleanupCredentials GSSAPIDelegateCredentials GSSAPIKexAlgorithms GSSAPIKeyExchange
    GSSAPIStoreCredentialsOnRekey GSSAPIStrictAcceptorCheck HostbasedAcceptedAlgorithms
    HostbasedAuthentication HostbasedUsesNameFromPacketOnly HostKeyAgent HostKeyAlgorithms IgnoreRhosts
    IgnoreUserKnownHosts IPQoS KbdInteractiveAuthentication KerberosAuthentication KerberosGetAFSToken
    KerberosOrLocalPasswd KerberosTicketCleanup KexAlgorithms LoginGraceTime LogLevel LogVerbose MACs
    MaxAuthTries MaxSessions MaxStartups ModuliFile PasswordAuthentication PerSourceMaxStartups
    PerSourceNetBlockSize PerSourcePenalties PerSourcePenaltyExemptList PermitEmptyPasswords PermitListen
    PermitOpen PermitRootLogin PermitTTY PermitTunnel PermitUserEnvironment PermitUserRC PidFile
    PrintLastLog PrintMotd PubkeyAcceptedAlgorithms PubkeyAuthentication PubkeyAuthOptions RDomain
    RefuseConnection RekeyLimit RequiredRSASize RevokedKeys SecurityKeyProvider SetEnv SshdAuthPath
    SshdSessionPath StreamLocalBindMask StreamLocalBindUnlink StrictModes SyslogFacility TCPKeepAlive
    TrustedUserCAKeys UnusedConnectionTimeout UseDNS UsePAM VersionAddendum X11DisplayOffset X11Forwarding
    X11UseLocalhost XAuthLocation
    """.split(whereSeparator: \.isWhitespace).map { name in
      SSHDKeyword(String(name), .firstWins, aliases: renamed[String(name)] ?? [])
    }

  private static let protocol1 = "it applied to SSH protocol 1, which OpenSSH 7.4 removed"
  static let obsolete: [String: String] = [
    "protocol": "every sshd since OpenSSH 7.4 speaks protocol 2 only",
    "rsaauthentication": protocol1 + "; use \"PubkeyAuthentication\" for keys",
    "rhostsrsaauthentication": protocol1,
    "rhostsauthentication": protocol1,
    "serverkeybits": protocol1,
    "keyregenerationinterval": protocol1,
    "useprivilegeseparation": "privilege separation has been mandatory since OpenSSH 7.5",
    "uselogin": "sshd has not used login(1) since OpenSSH 7.4",
    "authorizedkeysfile2": "\"AuthorizedKeysFile\" takes several files",
    "pamauthenticationviakbdint": "use \"UsePAM\" with \"KbdInteractiveAuthentication\"",
    "permitblacklistedkeys": "use \"RevokedKeys\"",
    "checkmail": "the shell checks for mail",
    "reversemappingcheck": "use \"UseDNS\"",
    "verifyreversemapping": "use \"UseDNS\"",
    "afstokenpassing": "it is no longer supported",
    "kerberostgtpassing": "it is no longer supported",
    "gssusesessionccache": "it is no longer supported",
    "gssapiusesessioncredcache": "it is no longer supported",
  ]

  private init(_ name: String, _ repetition: Repetition, aliases: [String] = []) {
    self.init(name: name, repetition: repetition, aliases: aliases)
  }
}
