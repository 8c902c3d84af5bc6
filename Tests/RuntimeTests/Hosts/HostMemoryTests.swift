import Testing

@testable import Hosts

@Suite struct HostMemoryTests {
  @Test func `what a login has seen of files is news until something changes, also where that comes first`() {
    let state = FileState(status: nil)
    let host = Host(id: 1, role: "pi", target: nil, transport: KeysHost())
    host.remember(Facts(), files: ["/f": state])
    #expect(host.rememberedFile("/f") == state)
    host.touch()
    #expect(host.rememberedFile("/f") == nil)
    let changed = Host(id: 1, role: "pi", target: nil, transport: KeysHost())
    // The first act logs in by itself.
    changed.touch()
    changed.remember(Facts(), files: ["/f": state])
    #expect(changed.rememberedFile("/f") == nil)
  }
}
