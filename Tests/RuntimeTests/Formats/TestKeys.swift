@testable import Formats

/// Public keys made for these tests; the private halves were discarded.
enum TestKeys {
  static let ed25519 =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILTte2pPhMlfwYLzVTHW+HIuCHziIsVz4GYEtacFtH/4 alice@laptop"
  static let ed25519Fingerprint = "SHA256:SrFP7R9U6xvjGrsAcfz+VfoXa3IPWZSvJI/xQtir4dk"
  static let rsa =
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCv+3riQrIuWzlya/BA5zwN7rYv6FdE2YEvL1J2sojzC5a6EfT5OnaeNTU7SGqtjw1ruMb"
    + "UPJmHnUs6dBTQdmSrW8uP8+Kzsp65fLRCIIhpQHFdOpX5CTzoe0nL8vxBzHGwqaHcfPWniQqyjtu8Dn2bfNRNV81aa0xsqqhJycQRRha4MG"
    + "yB4hgwxggnMeU5xXxgdC5EHFz9QFbUDCUuJVi4r9epABN8AHzRzEDhBL8FKzBjkJpu8GQafYaDjNb+AaYwqKZsnbsjmOy2MHjtWEmpCoNMc"
    + "eWX0hFtwoV21LcyY5fvSZizrYHyX1vh1IFb0D09iU2Op0JIY77TfaOFjYpl bob@desk"
  static let rsaFingerprint = "SHA256:USK4UmfVqE1+7Fpeg2twwBrxWdFGaz/pW1F6qcojvtU"

  /// A key of a type that is unknown to the program.
  static let future = "ssh-mldsa99 " + Base64.encode(wire("ssh-mldsa99") + wire("some bytes")) + " carol@later"
  static let dsa = "ssh-dss " + Base64.encode(wire("ssh-dss") + wire("p") + wire("q") + wire("g") + wire("y"))

  static func wire(_ text: String) -> [UInt8] { [0, 0, 0, UInt8(text.utf8.count)] + Array(text.utf8) }

  /// Without the comment.
  static func bare(_ line: String) -> String {
    line.split(separator: " ").prefix(2).joined(separator: " ")
  }
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
