import Contract
import Diagnosis
import Formats
import Hosts
import Values

/// A key argument with what can be known of it.
struct ResolvedKey: Sendable, Hashable {
  /// `nil` in a plan, where the key is not made yet.
  var publicKey: PublicKey?
  /// The path of the private half, where it is known; `~/` is not expanded, since it may be another host's.
  var path: String?

  /// - Throws: ``Failure`` of kind `argument`, `absent` or `refused`; ``HostError``.
  init(_ key: KeyArgument, _ context: PrimitiveContext) async throws {
    path = key.path
    if let line = key.publicLine {
      publicKey = try Self.parse(Array(line.utf8), from: nil)
      return
    }
    // A table without public half is a key of keygen in a plan; see KeyTable.
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
    do throws(PublicKeyError) { return try PublicKey(bytes) } catch {
      let place = path.map { "\"\($0)\" holds no usable public key: " } ?? ""
      throw Failure(.argument, place + error.description, cause: .keyDamaged, paths: path.map { [$0] } ?? [])
    }
  }
}
