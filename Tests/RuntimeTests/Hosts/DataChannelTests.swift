import Foundation
import Scripts
import Synchronization
import Testing

@testable import Hosts

/// The session for a file's bytes, with a shell of this computer in place of ssh.
@Suite struct DataChannelTests {
  private static func script(_ path: String, _ size: Int) -> Script {
    Script("receive", ShellScripts.receiveFile, ["w0rd", path, String(size), ".t", "beside"])
  }

  private static func source(_ bytes: [UInt8], size: Int? = nil) -> FileSource {
    FileSource(.bytes(bytes), size: size ?? bytes.count, checksum: Checksum.text(of: bytes))
  }

  @Test(
    "the bytes are in a file of their own while the session lasts, and gone afterwards", arguments: ShellHost.shells)
  func received(shell: [String]) async throws {
    let pi = try ShellHost()
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 9) }
    var launch = ShellLaunch(executable: .name(shell[0]), arguments: .init(shell.dropFirst()))
    launch.environment["HOME"] = pi.home
    let sent = try await DataChannel.send(
      Self.source(bytes), through: launch, to: Self.script(pi.home + "/f", bytes.count), token: "w0rd"
    ) { path in
      Output(stdout: try Array(Data(contentsOf: URL(fileURLWithPath: path))))
    }
    #expect(sent == .received(Output(stdout: bytes)))
    #expect(try pi.names() == [])
  }

  @Test func `a file that has become shorter is an error, and leaves nothing`() async throws {
    let pi = try ShellHost()
    let bytes = [UInt8](repeating: 65, count: 500_000)
    await #expect(throws: SourceError.shorter(than: 600_000, by: 100_000)) {
      try await DataChannel.send(
        Self.source(bytes, size: 600_000), through: .local, to: Self.script(pi.home + "/f", 600_000), token: "w0rd"
      ) { _ in Output() }
    }
    #expect(try pi.names() == [])
  }

  @Test func `a session that is not to be had is told, and takes no bytes`() async throws {
    let launch = ShellLaunch(executable: .name("false"), arguments: [])
    let sent = try await DataChannel.send(
      Self.source([1, 2, 3]), through: launch, to: Self.script("/nowhere/f", 3), token: "w0rd"
    ) { _ in Output() }
    #expect(sent == nil)
  }

  @Test func `a disk that is full is told in the words of the host`() async throws {
    let launch = ShellLaunch.local
    let full = Script("receive", "printf 'w0rd ready\\n'; head -c 9 >/dev/null; echo 'df: / 1 2 0 100% /' >&2; exit 1")
    let bytes = [UInt8](repeating: 65, count: 5_000_000)
    let sent = try await DataChannel.send(Self.source(bytes), through: launch, to: full, token: "w0rd") { _ in Output()
    }
    #expect(sent == .cut(stderr: "df: / 1 2 0 100% /\n"))
  }

  @Test func `progress is told at the end at the latest`() async throws {
    let told = Mutex<[Int]>([])
    var source = Self.source([UInt8](repeating: 1, count: 1000))
    source.progress = TransferProgress { done, _ in told.withLock { $0.append(done) } }
    try await source.send(inPiecesOf: 300) { _ in }
    #expect(told.withLock(\.self) == [1000])
  }
}
