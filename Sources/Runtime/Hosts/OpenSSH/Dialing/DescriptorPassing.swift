#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A descriptor for another process, over a Unix socket (`SCM_RIGHTS`, in the form that ssh's mm_receive_fd expects).
enum DescriptorPassing {
  static func isPossible(over socket: Int32) -> Bool {
    var status = stat()
    return fstat(socket, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
  }

  static func send(_ descriptor: Int32, over socket: Int32) -> Bool {
    // The macros CMSG_LEN and CMSG_SPACE, which Swift does not import.
    let header = aligned(MemoryLayout<cmsghdr>.size)
    let length = header + MemoryLayout<Int32>.size
    let control = UnsafeMutableRawBufferPointer.allocate(byteCount: aligned(length), alignment: 16)
    defer { control.deallocate() }
    control.initializeMemory(as: UInt8.self, repeating: 0)
    var head = cmsghdr()
    head.cmsg_len = .init(length)
    head.cmsg_level = SOL_SOCKET
    head.cmsg_type = Int32(SCM_RIGHTS)
    control.storeBytes(of: head, as: cmsghdr.self)
    control.storeBytes(of: descriptor, toByteOffset: header, as: Int32.self)
    var byte: UInt8 = 0
    return withUnsafeMutableBytes(of: &byte) { byte in
      var part = iovec(iov_base: byte.baseAddress, iov_len: 1)
      return withUnsafeMutablePointer(to: &part) { part in
        var message = msghdr()
        message.msg_iov = part
        message.msg_iovlen = 1
        message.msg_control = control.baseAddress
        message.msg_controllen = .init(control.count)
        var count = sendmsg(socket, &message, 0)
        while count < 0, errno == EINTR { count = sendmsg(socket, &message, 0) }
        return count == 1
      }
    }
  }

  #if canImport(Darwin)
    private static let alignment = MemoryLayout<UInt32>.size
  #else
    private static let alignment = MemoryLayout<Int>.size
  #endif

  private static func aligned(_ size: Int) -> Int { (size + alignment - 1) / alignment * alignment }
}
