import Testing

@testable import Values

@Suite struct FileModeTests {
  @Test func `a directory may inherit set-ID bits, and nothing else may differ from the mode that was asked for`() {
    func isSatisfied(_ wanted: UInt16, _ seen: UInt16, isDirectory: Bool = true) -> Bool {
      FileMode(bits: wanted).isSatisfied(by: FileMode(bits: seen), isDirectory: isDirectory)
    }
    #expect(isSatisfied(0o700, 0o700) && isSatisfied(0o700, 0o2700) && isSatisfied(0o755, 0o6755))
    #expect(!isSatisfied(0o700, 0o2700, isDirectory: false))
    #expect(!isSatisfied(0o2755, 0o755) && !isSatisfied(0o755, 0o1755) && !isSatisfied(0o700, 0o2750))
  }
}
