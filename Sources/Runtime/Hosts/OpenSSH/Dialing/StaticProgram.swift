/// Whether this program is linked with a C library of its own, which looks names up without the modules of this computer
/// (`nsswitch.conf`): names of mDNS, for example, would stay unknown.
package enum StaticProgram {
  package static let isThis = isStatic(LocalFile.read("/proc/self/auxv"))

  /// - Parameter vector: the kernel's auxiliary vector, pairs of type and value. `AT_BASE` is the address of the dynamic
  ///   linker, 0 without one.
  static func isStatic(_ vector: [UInt8]) -> Bool {
    let size = MemoryLayout<UInt>.size
    let words = vector.withUnsafeBytes { bytes in
      (0..<bytes.count / size).map { bytes.loadUnaligned(fromByteOffset: $0 * size, as: UInt.self) }
    }
    for index in stride(from: 0, to: words.count - 1, by: 2) where words[index] == base { return words[index + 1] == 0 }
    return false
  }

  /// `AT_BASE` (elf.h).
  private static let base: UInt = 7
}
