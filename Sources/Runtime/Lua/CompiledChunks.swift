import CLua
import Synchronization

/// The bytecode of the texts compiled so far by this process, since each run compiles the same recipe and the same
/// primitives, and each pass of a look ahead once more. Only bytecode made here is ever loaded: Lua does not check it.
enum CompiledChunks {
  private struct Key: Hashable {
    var name: String
    var source: [UInt8]

    // An array of bytes would be hashed byte by byte.
    func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      source.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  private struct Store {
    var chunks: [Key: [UInt8]] = [:]
    var bytes = 0
  }

  private static let store = Mutex(Store())
  private static let mostBytes = 8 << 20

  /// - Parameters:
  ///   - name: part of the bytecode, for messages.
  ///   - source: the text.
  static func code(of source: [UInt8], name: String) -> [UInt8]? {
    store.withLock { $0.chunks[Key(name: name, source: source)] }
  }

  /// Keeps the function on top of the stack.
  static func keep(_ source: [UInt8], name: String, _ state: OpaquePointer) {
    guard store.withLock({ $0.bytes + source.count * 4 <= mostBytes }) else { return }
    var code: [UInt8] = []
    withUnsafeMutablePointer(to: &code) { code in
      sr_dump(
        state,
        { to, bytes, length in
          to?.assumingMemoryBound(to: [UInt8].self).pointee += UnsafeRawBufferPointer(start: bytes, count: length)
        }, code)
    }
    store.withLock { [code] in
      let before = $0.chunks.updateValue(code, forKey: Key(name: name, source: source))
      if before == nil { $0.bytes += source.count + code.count }
    }
  }
}
