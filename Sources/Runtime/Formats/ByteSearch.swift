#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension [UInt8] {
  /// The first place of a sequence of bytes. By `memchr`, since the bytes may be a large file or a long output.
  ///
  /// - Parameters:
  ///   - wanted: at least one byte.
  ///   - start: the first place to look at.
  /// - Returns: the index of the first byte of `wanted`; `nil` without a match.
  package func position(of wanted: [UInt8], from start: Int = 0) -> Int? {
    guard start + wanted.count <= count else { return nil }
    return withUnsafeBytes { all in
      wanted.withUnsafeBytes { wanted in
        guard let base = all.baseAddress, let wantedBase = wanted.baseAddress else { return nil }
        var from = start
        while from + wanted.count <= all.count {
          let length = all.count - wanted.count + 1 - from
          guard let hit = memchr(base + from, Int32(wanted[0]), length) else { return nil }
          let at = UnsafeRawPointer(hit) - base
          if memcmp(hit, wantedBase, wanted.count) == 0 { return at }
          from = at + 1
        }
        return nil
      }
    }
  }
}
