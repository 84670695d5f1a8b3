/// The outcome of a condition, in the strong three-valued logic of Kleene.
enum Truth: Sendable {
    case yes
    case no
    /// The condition could not be decided, since a path led nowhere, or to a value of a type that does not fit.
    case unknown

    init(_ value: Bool) { self = value ? .yes : .no }

    static prefix func ! (truth: Truth) -> Truth {
        switch truth {
        case .yes: .no
        case .no: .yes
        case .unknown: .unknown
        }
    }

    /// Returns false if one of both is false, otherwise unknown if one is unknown, and otherwise true.
    func and(_ other: Truth) -> Truth {
        if self == .no || other == .no { return .no }
        return self == .unknown || other == .unknown ? .unknown : .yes
    }

    /// Returns true if one of both is true, otherwise unknown if one is unknown, and otherwise false.
    func or(_ other: Truth) -> Truth { !(!self).and(!other) }
}

/// A set of outcomes.
struct TruthSet: OptionSet, Sendable {
    let rawValue: UInt8

    static let yes = TruthSet(rawValue: 1)
    static let no = TruthSet(rawValue: 2)
    static let unknown = TruthSet(rawValue: 4)

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    init(_ truth: Truth) {
        switch truth {
        case .yes: self = .yes
        case .no: self = .no
        case .unknown: self = .unknown
        }
    }

    var elements: [Truth] { [.yes, .no, .unknown].filter { contains(TruthSet($0)) } }

    /// Returns the outcomes of combining any of these with any of others.
    func combined(with others: TruthSet, _ combine: (Truth, Truth) -> Truth) -> TruthSet {
        var result: TruthSet = []
        for lhs in elements {
            for rhs in others.elements { result.insert(TruthSet(combine(lhs, rhs))) }
        }
        return result
    }
}
