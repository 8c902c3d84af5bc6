/// Times as written by users: `90`, `90s`, `10m`, `1h`.
enum TimeText {
  /// - Returns: `nil` for another text, and for no time at all.
  static func duration(_ text: String) -> Duration? {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
    let unit = text.last.flatMap { units[$0] }
    guard let number = Int(unit == nil ? text : String(text.dropLast())), (1...1_000_000).contains(number) else {
      return nil
    }
    return .seconds(number * (unit ?? 1))
  }
}
