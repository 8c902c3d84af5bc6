import Diagnosis

/// The beginning or the end of a recipe's attempt on its hosts: on one host or, for a recipe with several, on all.
public struct RunEvent: Sendable, Hashable {
  public enum State: Sendable, Hashable {
    case began
    /// `nil` for success.
    case ended(Failure?)
    /// Another attempt follows after the pause.
    case again(Failure, after: Duration)
  }

  /// The ID in the history.
  public var id: String
  public var hosts: [String]
  public var branch: Int
  /// From 1.
  public var attempt: Int
  /// The most attempts; an attempt after the end of another run does not count.
  public var attempts: Int
  public var state: State
  public var duration: Duration
}
