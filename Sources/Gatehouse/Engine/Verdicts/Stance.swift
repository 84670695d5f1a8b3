/// The word of a role on one permission, its own or inherited.
struct Stance: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    /// A grant, or an allow rule that applies in every check.
    static let grants = Stance(rawValue: 1)
    static let denies = Stance(rawValue: 2)
    /// An allow rule that depends on a condition.
    static let mayGrant = Stance(rawValue: 4)
    static let mayDeny = Stance(rawValue: 8)

    /// Makes the stance that a rule adds to those to whom it applies.
    init(_ rule: CompiledRule) {
        if rule.appliesNever {
            self = []
        } else if rule.effect == .allow {
            self = rule.appliesAlways ? .grants : .mayGrant
        } else {
            self = rule.appliesAlways ? .denies : .mayDeny
        }
    }

    /// Makes the stance that a rule adds in a check, by the outcome of its condition.
    init(_ rule: CompiledRule, _ truth: Truth) {
        self = rule.applies(truth) ? rule.effect == .allow ? .grants : .denies : []
    }

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// True if the stance contains a denial or a conditional denial.
    var mayBeDenial: Bool { contains(.denies) || contains(.mayDeny) }

    /// The possibility of the permission for roles with this stance together.
    var possibility: Possibility {
        if contains(.denies) { return .never }
        if contains(.grants) { return contains(.mayDeny) ? .conditional : .always }
        return contains(.mayGrant) ? .conditional : .never
    }
}

/// The possibility that something is allowed, if nothing is known of a check's attributes.
enum Possibility: Comparable, Sendable {
    case never
    case conditional
    case always
}
