/// The patterns of known_hosts, ssh_config and sshd_config: `*`, `?`, a comma-separated list, `!` to exclude (match.c).
package enum HostPattern {
  /// Whether a list of patterns accepts a name: at least one pattern matches, and no excluded pattern does.
  ///
  /// - Parameter ignoringCase: as for hosts; for accounts and groups, case counts.
  package static func matches(_ name: String, list: some Sequence<String>, ignoringCase: Bool = true) -> Bool {
    func bytes(_ text: some StringProtocol) -> [UInt8] { Array((ignoringCase ? text.lowercased() : String(text)).utf8) }
    let name = bytes(name)
    var isFound = false
    for pattern in list {
      if pattern.hasPrefix("!") {
        if matches(name[...], bytes(pattern.dropFirst())[...]) { return false }
      } else if !isFound {
        isFound = matches(name[...], bytes(pattern)[...])
      }
    }
    return isFound
  }

  /// Only the last star is tried again, so that a hostile pattern costs no more than its length times the name's.
  private static func matches(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    var at = name.startIndex
    var here = pattern.startIndex
    var star: (pattern: Int, name: Int)?
    while at < name.endIndex {
      if here < pattern.endIndex, pattern[here] == UInt8(ascii: "*") {
        star = (here, at)
        here += 1
      } else if here < pattern.endIndex, pattern[here] == UInt8(ascii: "?") || pattern[here] == name[at] {
        here += 1
        at += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        here = last.pattern + 1
        at = last.name + 1
      } else {
        return false
      }
    }
    return pattern[here...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
