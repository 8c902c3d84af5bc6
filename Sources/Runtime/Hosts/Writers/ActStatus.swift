/// How the scripts of acts end where the host is not as they expect it.
enum ActStatus {
  /// Something else was there than the act expects.
  static let changedMeanwhile: Int32 = 91
  /// The act reported success, and the host is not as it should be afterwards.
  static let notAsWanted: Int32 = 92
}
