/// What a role says of one permission, itself or by inheritance.
struct Stance: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    /// A grant, or an allow rule that applies whatever a check brings with it.
    static let grants = Stance(rawValue: 1)
    static let denies = Stance(rawValue: 2)
    /// An allow rule that depends on a condition.
    static let mayGrant = Stance(rawValue: 4)
    static let mayDeny = Stance(rawValue: 8)

    /// What a rule adds to those to whom it applies.
    init(_ rule: CompiledRule) {
        if rule.appliesNever {
            self = []
        } else if rule.effect == .allow {
            self = rule.appliesAlways ? .grants : .mayGrant
        } else {
            self = rule.appliesAlways ? .denies : .mayDeny
        }
    }

    /// What a rule adds in a check in which its condition comes to this.
    init(_ rule: CompiledRule, _ truth: Truth) {
        self = rule.applies(truth) ? rule.effect == .allow ? .grants : .denies : []
    }

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Whether it denies, or may by a condition.
    var mayBeDenial: Bool { contains(.denies) || contains(.mayDeny) }

    /// Whether roles that say this together allow it.
    var possibility: Possibility {
        if contains(.denies) { return .never }
        if contains(.grants) { return contains(.mayDeny) ? .conditional : .always }
        return contains(.mayGrant) ? .conditional : .never
    }
}

/// Whether something is allowed, where nothing is known of a check's attributes.
enum Possibility: Comparable, Sendable {
    case never
    case conditional
    case always
}
