/// A number of bytes for a user: `512 bytes`, `1.4 MB`.
struct ByteCount: Equatable {
  var bytes: Int

  init(_ bytes: Int) { self.bytes = bytes }

  var text: String {
    guard bytes >= 1000 else { return "\(bytes) bytes" }
    var (amount, unit) = (Double(bytes) / 1000, 0)
    while amount >= 999.95, unit < 3 { (amount, unit) = (amount / 1000, unit + 1) }
    let tenths = Int((amount * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) \(["kB", "MB", "GB", "TB"][unit])"
  }
}
