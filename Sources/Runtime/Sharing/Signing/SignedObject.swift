/// A commit or an annotated tag of git, split from its signature (git's `parse_signed_commit` and `parse_signature`).
struct SignedObject: Hashable, Sendable {
  enum Kind: String, Sendable { case commit, tag }

  let kind: Kind
  /// The signed content.
  let payload: [UInt8]
  /// `nil` if unsigned.
  let signature: [UInt8]?
  /// The header's fields by their first words, such as `object` and `tag` of a tag.
  let fields: [String: String]

  init(_ kind: Kind, _ object: [UInt8]) {
    self.kind = kind
    var payload: [UInt8] = []
    var signature: [UInt8] = []
    var fields: [String: String] = [:]
    var rest = object[...]
    var place = Place.payload
    while let line = Self.line(&rest), line != [0x0A] {
      // A value continues in lines that begin with a space.
      let isContinued = line.first == 0x20
      let own = kind == .commit ? Self.field(fields) : nil
      if !isContinued { place = Self.place(of: line, own: own) }
      switch place {
      case .payload:
        if !isContinued { Self.note(line, in: &fields) }
        payload += line
      case .signature: signature += line.dropFirst(isContinued ? 1 : own?.utf8.count ?? 0)
      case .otherSignature: break
      }
    }
    let body = [UInt8](rest)
    if payload.count < object.count { payload.append(0x0A) }
    if kind == .tag, let start = Self.signatureStart(in: body) {
      payload += body[..<start]
      signature = Array(body[start...])
    } else {
      payload += body
    }
    self.payload = payload
    self.signature = signature.isEmpty ? nil : signature
    self.fields = fields
  }

  private enum Place { case payload, signature, otherSignature }

  /// A commit can be signed once for each hash function that may name it. No signature is part of the signed content;
  /// the signature over these bytes has its own field in a commit, and is at the end of a tag.
  private static func place(of line: ArraySlice<UInt8>, own: String?) -> Place {
    if let own, line.starts(with: own.utf8) { return .signature }
    return line.starts(with: "gpgsig".utf8) ? .otherSignature : .payload
  }

  /// The field of the commit's signature. The hash of the tree, the first field of a commit, shows the repository's
  /// hash function by its length.
  private static func field(_ fields: [String: String]) -> String {
    fields["tree"]?.utf8.count == 64 ? "gpgsig-sha256 " : "gpgsig "
  }

  /// The next line with its line feed.
  private static func line(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
    defer { rest = rest[end...] }
    return rest[..<end]
  }

  private static func note(_ line: ArraySlice<UInt8>, in fields: inout [String: String]) {
    let words = String(decoding: line.prefix { $0 != 0x0A }, as: UTF8.self).split(separator: " ", maxSplits: 1)
    guard words.count == 2, fields[String(words[0])] == nil else { return }
    fields[String(words[0])] = String(words[1])
  }

  /// The start of the last line that begins a signature; the message above may quote another signature.
  private static func signatureStart(in body: [UInt8]) -> Int? {
    var start: Int?
    var index = 0
    for line in body.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.starts(with: Array("-----BEGIN ".utf8)), String(decoding: line, as: UTF8.self).contains("SIGN") {
        start = index
      }
      index += line.count + 1
    }
    return start
  }
}
