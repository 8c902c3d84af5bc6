/// One line of `LC_ALL=C ls -ldn PATH`, as GNU, BusyBox, BSD and macOS print it.
///
/// In place of stat(1), which BusyBox may lack, and whose options differ between GNU and BSD.
package struct ListingLine: Equatable, Sendable {
  package var type: ModeString.FileType
  /// The twelve bits of chmod(2).
  package var bits: UInt16
  package var extra: ModeString.Extra?
  package var linkCount: Int
  package var uid: UInt32
  package var gid: UInt32
  /// In bytes; `nil` for devices, which have device numbers instead.
  package var size: Int?
  package var device: Device?
  package var name: String
  /// The target of a symbolic link.
  package var target: String?

  package var hasAccessControlList: Bool { extra == .accessControlList }

  package struct Device: Equatable, Sendable {
    package var major: UInt32
    package var minor: UInt32

    package init(major: UInt32, minor: UInt32) {
      self.major = major
      self.minor = minor
    }
  }

  /// - Parameters:
  ///   - line: without its line feed. Owner and group must be numbers (`-n`).
  ///   - path: the path that was listed, which resolves a name or target that contains ` -> `.
  /// - Returns: `nil` if the line has another form, such as an error message of `ls`.
  package init?(_ line: [UInt8], path: String? = nil) {
    var fields = Fields(line)
    guard let mode = fields.next().flatMap(ModeString.init), let links = fields.next().flatMap({ Int($0) }),
      links >= 0,
      let uid = fields.next().flatMap({ UInt32($0) }), let gid = fields.next().flatMap({ UInt32($0) }),
      let size = fields.next()
    else { return nil }
    (type, bits, extra) = (mode.type, mode.bits, mode.extra)
    (linkCount, self.uid, self.gid) = (links, uid, gid)
    if size.hasSuffix(",") {
      guard let major = Self.number(size.dropLast()), let minor = fields.next().flatMap(Self.number)
      else { return nil }
      device = Device(major: major, minor: minor)
    } else if let bytes = Int(size), bytes >= 0 {
      self.size = bytes
    } else if size.hasPrefix("0x"), let both = Self.number(size) {
      // FreeBSD prints the whole device number.
      device = Device(major: both >> 8 & 0xFF, minor: both & 0xFFFF_00FF)
    } else {
      return nil
    }
    // `Nov 21 05:06`, `21 Nov 2026`, or with long-iso `2026-11-21 05:06`.
    guard let first = fields.next(), fields.next() != nil else { return nil }
    if !first.contains("-"), fields.next() == nil { return nil }
    guard let rest = fields.rest else { return nil }
    (name, target) = (rest, nil)
    if mode.type == .link { (name, target) = Self.split(rest, path: path) }
  }

  package init?(_ line: String, path: String? = nil) {
    self.init(Array(line.utf8), path: path)
  }

  private static func number(_ text: some StringProtocol) -> UInt32? {
    text.hasPrefix("0x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text)
  }

  private static func split(_ text: String, path: String?) -> (String, String?) {
    let arrow = " -> "
    if let path, text.hasPrefix(path + arrow) {
      return (path, String(text.dropFirst(path.count + arrow.count)))
    }
    let bytes = Array(text.utf8)
    let sign = Array(arrow.utf8)
    guard bytes.count >= sign.count,
      let at = (0...(bytes.count - sign.count)).first(where: { bytes[$0...].starts(with: sign) })
    else { return (text, nil) }
    return (
      String(decoding: bytes[..<at], as: UTF8.self),
      String(decoding: bytes[(at + sign.count)...], as: UTF8.self)
    )
  }

  /// Columns with any number of blanks between them; only one blank precedes the name, so that a name may begin with
  /// blanks.
  private struct Fields {
    private var left: ArraySlice<UInt8>

    init(_ line: [UInt8]) { left = line[...] }

    mutating func next() -> String? {
      left = left.drop { $0 == Byte.space }
      let field = left.prefix { $0 != Byte.space }
      left = left[field.endIndex...]
      return field.isEmpty ? nil : String(decoding: field, as: UTF8.self)
    }

    var rest: String? {
      guard left.count > 1 else { return nil }
      return String(decoding: left.dropFirst(), as: UTF8.self)
    }
  }
}
