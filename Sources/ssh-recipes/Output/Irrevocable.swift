/// Acts beyond the reach of `undo`, each as `HOST: ACT`. The same act on several hosts is a single line.
enum Irrevocable {
  static func lines(_ acts: [String]) -> [String] {
    let groups = acts.grouped { act in act.firstRange(of: ": ").map { String(act[$0.upperBound...]) } ?? act }
    return groups.flatMap { what, all in all.count > 2 ? ["\(what) (on \(all.count) hosts)"] : all }
  }
}
