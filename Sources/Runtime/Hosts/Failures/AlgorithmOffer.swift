/// The algorithms offered by a server with none in common with this computer, from ssh's line: `no matching cipher found.
/// Their offer: aes128-cbc,3des-cbc`.
struct AlgorithmOffer {
  /// The keyword of ssh_config(5) for the kind of algorithm.
  private let keyword: String
  private let offers: [String]

  /// - Returns: `nil` for other lines.
  init?(_ line: String) {
    guard let kind = Self.kinds.first(where: { line.contains("no matching \($0.words)") }),
      let start = line.firstRange(of: "Their offer: ")?.upperBound
    else { return nil }
    keyword = kind.keyword
    offers = line[start...].prefix { !$0.isWhitespace }.split(separator: ",").map(String.init)
  }

  /// The setting that allows an algorithm for one host; empty if ssh knows none of the server's.
  var slots: [String: String] {
    guard let old = Self.old.first(where: offers.contains) else { return [:] }
    return ["setting": "\(keyword) +\(old)"]
  }

  private static let kinds = [
    (words: "host key type", keyword: "HostKeyAlgorithms"), (words: "key exchange", keyword: "KexAlgorithms"),
    (words: "cipher", keyword: "Ciphers"), (words: "MAC", keyword: "MACs"),
  ]

  /// The algorithms that OpenSSH still has and does not use by itself, the best first.
  private static let old = [
    "ssh-rsa", "ssh-dss",
    "diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1", "diffie-hellman-group1-sha1",
    "aes256-cbc", "aes192-cbc", "aes128-cbc", "3des-cbc",
    "hmac-sha1", "hmac-sha1-96", "hmac-md5", "hmac-md5-96",
  ]
}
