import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `/dev/tty`: reaches the user even where standard input and output are pipes.
final class ControllingTerminal: Conversation {
  private let descriptor: Int32
  /// A pipe that cancels a waiting prompt: a byte in it ends the read, which cannot be interrupted otherwise.
  private let wake: (read: Int32, write: Int32)
  /// The terminal mode to restore after a hidden answer.
  private let savedMode = Mutex<termios?>(nil)
  private let queue = DispatchQueue(label: "ssh-recipes.terminal")

  /// `nil` where there is no terminal: in CI, under cron, behind `setsid`.
  init?() {
    descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      close(descriptor)
      return nil
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    wake = (ends[0], ends[1])
  }

  deinit {
    for open in [descriptor, wake.read, wake.write] where open >= 0 { close(open) }
  }

  func tell(_ text: String) { TextStream(descriptor: descriptor).write(text + "\n") }

  func ask(_ prompt: String, isHidden: Bool) async -> [UInt8]? {
    await withTaskCancellationHandler {
      guard !Task.isCancelled else { return nil }
      return await withCheckedContinuation { continuation in
        queue.async { continuation.resume(returning: self.readLine(prompt, isHidden: isHidden)) }
      }
    } onCancel: {
      var byte: UInt8 = 0
      _ = write(wake.write, &byte, 1)
    }
  }

  /// Discards earlier input, so that a line typed for another prompt never answers this prompt. Switches echo off
  /// before printing the prompt, so that all later input stays unseen. Ctrl-C still sends a signal.
  private func readLine(_ prompt: String, isHidden: Bool) -> [UInt8]? {
    tcflush(descriptor, TCIFLUSH)
    if isHidden { hideInput() }
    defer { restore() }
    TextStream(descriptor: descriptor).write(prompt)
    return readLine()
  }

  private func hideInput() {
    var mode = termios()
    guard tcgetattr(descriptor, &mode) == 0 else { return }
    savedMode.withLock { $0 = mode }
    mode.c_lflag &= ~tcflag_t(ECHO)
    mode.c_lflag |= tcflag_t(ECHONL)
    tcsetattr(descriptor, TCSAFLUSH, &mode)
  }

  /// Switches echo on again. Must also be called before the program exits during a prompt.
  func restore() {
    savedMode.withLock { saved in
      guard var mode = saved else { return }
      tcsetattr(descriptor, TCSAFLUSH, &mode)
      saved = nil
    }
  }

  private func readLine() -> [UInt8]? {
    var line: [UInt8] = []
    while true {
      var waits = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&waits, 2, -1) >= 0 || errno == EINTR else { return nil }
      var byte: UInt8 = 0
      if waits[1].revents != 0 {
        _ = read(wake.read, &byte, 1)
        TextStream(descriptor: descriptor).write("\n")
        return nil
      }
      guard waits[0].revents != 0 else { continue }
      // The terminal delivers whole lines.
      let count = read(descriptor, &byte, 1)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return line.isEmpty ? nil : line }
      if byte == 0x0A { return line }
      line.append(byte)
    }
  }
}
