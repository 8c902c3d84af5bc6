extension FileStatus {
  /// Reads one line of `ls -ldn`, as GNU, BusyBox and BSD print it.
  init?(listing line: String) {
    let words = line.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count >= 5, let symbols = words.first, symbols.count >= 10 else { return nil }
    guard let user = Int(words[2]), let group = Int(words[3]) else { return nil }
    let letters = Array(symbols)
    var bits: UInt16 = 0
    for (place, letter) in letters[1...9].enumerated() {
      if "rwxst".contains(letter) { bits |= 0o400 >> UInt16(place) }
      switch (place, letter) {
      case (2, "s"), (2, "S"): bits |= 0o4000
      case (5, "s"), (5, "S"): bits |= 0o2000
      case (8, "t"), (8, "T"): bits |= 0o1000
      default: break
      }
    }
    let target = line.firstRange(of: " -> ").map { String(line[$0.upperBound...]) }
    let kind = Kind(rawValue: letters[0]) ?? .other
    self.init(
      kind: kind, mode: FileMode(bits: bits), userID: user, groupID: group, size: Int(words[4]) ?? 0,
      hasACL: letters.count > 10 && letters[10] == "+", linkTarget: kind == .link ? target : nil)
  }
}
