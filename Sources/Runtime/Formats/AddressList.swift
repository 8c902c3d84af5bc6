/// Lists of addresses, as in `Match Address` and in the option `from` of authorized_keys (addrmatch.c).
package enum AddressList {
  /// Whether a list of addresses, networks and patterns accepts an address. An excluded entry (`!`) excludes the
  /// address wherever it stands in the list.
  ///
  /// - Returns: `nil` for a list that sshd refuses.
  package static func matches(_ address: String, list: [String]) -> Bool? {
    let own = IPNetwork(address)
    var isFound = false
    for entry in list {
      let isExcluded = entry.hasPrefix("!")
      let text = String(isExcluded ? entry.dropFirst() : entry[...])
      guard !text.isEmpty, !IPNetwork.isInconsistent(text) else { return nil }
      let isMatch: Bool
      if let network = IPNetwork(text), let own {
        isMatch = network.contains(own)
      } else {
        isMatch = HostPattern.matches(address, list: [text])
      }
      if isMatch, isExcluded { return false }
      isFound = isFound || isMatch
    }
    return isFound
  }
}

/// `192.168.1.0/24`, `fe80::/10`, or a single address.
package struct IPNetwork: Equatable, Hashable, Sendable {
  /// 4 bytes, or 16.
  let bytes: [UInt8]
  /// The number of bits that count.
  let prefix: Int

  /// - Returns: `nil` unless the text is an address, perhaps with a length within the address's own.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    // The zone of a link-local address is the server's own matter.
    let address = parts[0].prefix { $0 != "%" }
    guard let bytes = Self.version4(address) ?? Self.version6(address) else { return nil }
    var prefix = bytes.count * 8
    if parts.count == 2 {
      guard let given = Int(parts[1]), parts[1].allSatisfy(\.isNumber), given <= prefix else { return nil }
      prefix = given
    }
    self.bytes = bytes
    self.prefix = prefix
  }

  package func contains(_ other: IPNetwork) -> Bool {
    guard bytes.count == other.bytes.count, other.prefix >= prefix else { return false }
    return (0..<prefix).allSatisfy { bit(of: bytes, $0) == bit(of: other.bytes, $0) }
  }

  /// Whether sshd refuses the text: an address with a length that is too great, or with bits set beyond the length.
  package static func isInconsistent(_ text: String) -> Bool {
    guard let slash = text.firstIndex(of: "/"), IPNetwork(String(text[..<slash])) != nil else { return false }
    return IPNetwork(text).map { !$0.isWhole } ?? true
  }

  /// Whether no bit beyond the length is set.
  private var isWhole: Bool { (prefix..<bytes.count * 8).allSatisfy { !bit(of: bytes, $0) } }

  private func bit(of bytes: [UInt8], _ index: Int) -> Bool { bytes[index / 8] & (0x80 >> UInt8(index % 8)) != 0 }

  private static func version4(_ text: Substring) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { $0.allSatisfy(\.isASCII) ? UInt8($0) : nil }
    return parts.count == 4 && bytes.count == 4 && !text.contains("+") ? bytes : nil
  }

  /// RFC 4291, section 2.2.
  private static func version6(_ text: Substring) -> [UInt8]? {
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard text.contains(":"), halves.count <= 2, let head = words(halves[0]) else { return nil }
    guard halves.count == 2 else { return head.count == 16 ? head : nil }
    guard let tail = words(halves[1]), head.count + tail.count <= 14 else { return nil }
    return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  /// Groups of four hexadecimal digits; the last may be an IPv4 address.
  private static func words(_ text: Substring) -> [UInt8]? {
    if text.isEmpty { return [] }
    var bytes: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, let last = version4(part) {
        bytes += last
      } else {
        guard part.count <= 4, part.allSatisfy(\.isHexDigit), let word = UInt16(part, radix: 16) else { return nil }
        bytes += [UInt8(word >> 8), UInt8(word & 0xFF)]
      }
    }
    return bytes
  }
}
