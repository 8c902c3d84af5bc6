import Contract
import Diagnosis
import Formats
import Hosts
import Values

/// A key argument with its public half and path, as far as known.
struct ResolvedKey: Sendable, Hashable {
  /// `nil` in a plan before the key is made.
  var publicKey: PublicKey?
  /// The path of the private half, if known. `~/` is not expanded, since the path may be on another host.
  var path: String?

  /// - Throws: ``Failure`` of kind `argument`, `absent` or `refused`; ``HostError``.
  init(_ key: KeyArgument, _ context: PrimitiveContext) async throws {
    path = key.path
    if let line = key.publicLine {
      publicKey = try Self.parse(line, from: nil)
      return
    }
    // A table without a public half is a key of keygen in a plan; see KeyTable.
    if key.isPlanned { return }
    guard let given = key.path.flatMap(RemotePath.init) else {
      throw Failure(.argument, "the key has neither a public half nor a path")
    }
    let absolute = try await context.here.absolute(given)
    let file = absolute.hasSuffix(".pub") ? absolute : absolute + ".pub"
    path = String(file.dropLast(4))
    publicKey = try Self.parse(try await context.here.contents(of: file, limit: 1 << 16), from: file)
  }

  private static func parse(_ bytes: [UInt8], from path: String?) throws -> PublicKey {
    do throws(PublicKeyError) {
      return try path == nil ? PublicKey(bytes) : PublicKey(file: bytes)
    } catch {
      let place = path.map { "\"\($0)\" holds no usable public key: " } ?? ""
      throw Failure(.argument, place + error.description, cause: .keyDamaged, paths: path.map { [$0] } ?? [])
    }
  }
}
