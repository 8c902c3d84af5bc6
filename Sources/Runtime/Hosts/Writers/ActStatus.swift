/// Exit statuses of act scripts when the host's state is unexpected.
enum ActStatus {
  /// The path is a symbolic link, and only its target could be written.
  static let isLink: Int32 = 90
  /// Something else was there than the act expects.
  static let changedMeanwhile: Int32 = 91
  /// The act reported success, but the result is not as intended.
  static let notAsWanted: Int32 = 92
  /// Another account could lead root elsewhere, so root did nothing.
  static let notSafe: Int32 = 98
}
