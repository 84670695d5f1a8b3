enum Truth: Sendable { case yes, no, unknown }
struct TruthSet: OptionSet, Sendable {
    var rawValue: Int;
    static let yes = TruthSet(rawValue: 1), no = TruthSet(rawValue: 2), unknown = TruthSet(rawValue: 4)
}
struct CompiledCondition: Sendable {
    init(_ c: Condition) {}; func evaluate(_ f: CheckFacts) -> Truth { .unknown };
    var outcomes: TruthSet { [.yes, .no, .unknown] }
    func missingPaths(in f: CheckFacts) -> [String] { [] }
}
