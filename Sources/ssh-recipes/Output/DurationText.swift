extension Duration {
  /// `0.34 s`, `12.3 s`, `2 min 5 s`: with as many digits as are useful.
  var text: String {
    let seconds = Double(components.seconds) + Double(components.attoseconds) / 1e18
    if seconds >= 100 { return "\(Int(seconds) / 60) min \(Int(seconds) % 60) s" }
    let digits = seconds < 10 ? 100.0 : 10.0
    let rounded = Int((seconds * digits).rounded())
    let fraction = String(rounded % Int(digits))
    let width = seconds < 10 ? 2 : 1
    return "\(rounded / Int(digits)).\(String(repeating: "0", count: width - fraction.count))\(fraction) s"
  }

  /// Whole milliseconds, for output that programs read.
  var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}

/// `1 change`, `2 changes`.
func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}
