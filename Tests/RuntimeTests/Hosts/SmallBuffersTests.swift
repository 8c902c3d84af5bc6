#if os(Linux)
  import Foundation
  import Testing

  @testable import Hosts

  @Suite struct SmallBuffersTests {
    @Test func `a pipe is small for a moment, and then as before`() {
      let pipe = Pipe()
      let end = pipe.fileHandleForWriting.fileDescriptor
      let size = fcntl(end, SmallBuffers.getSize)
      let small = SmallBuffers.whileSmall(end, of: getpid(), size: 16384) { fcntl(end, SmallBuffers.getSize) }
      #expect(size > small)
      #expect(small == 16384)
      #expect(fcntl(end, SmallBuffers.getSize) == size)
    }

    @Test func `a process that has ended, and a stream that is no pipe, change nothing`() {
      #expect(SmallBuffers.whileSmall(1, of: Int32.max, size: 4096) { 7 } == 7)
      let file = open("/dev/null", O_WRONLY)
      #expect(SmallBuffers.whileSmall(file, of: getpid(), size: 4096) { 8 } == 8)
      close(file)
    }

    @Test func `outputs larger than the buffers come through`() async throws {
      let shell = LocalShells.shell("sh")
      let output = try await shell.run(Script("t", "head -c 1000000 /dev/zero; head -c 300000 /dev/zero >&2"))
      #expect((output.stdout.count, output.stderr.count) == (1_000_000, 300_000))
      await shell.close()
    }
  }
#endif
