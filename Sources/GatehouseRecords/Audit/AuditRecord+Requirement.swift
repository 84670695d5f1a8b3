import GatehouseBase

extension AuditRecord {
    private static let maximumReasonLength = 1_024

    /// Makes the record of the outcome of a requirement.
    ///
    /// The facts are `requirement`, which is absent for a closed route without a requirement, and `reverification`. The personal data are
    /// `principal`, `reason`, `address` and `userAgent`.
    init(_ event: RequirementEvent) {
        var facts = JSONMembers()
        facts.add("requirement", event.requirement?.description)
        facts.add("reverification", event.reverification?.description)
        var personal = JSONMembers()
        personal.add("principal", event.principal.json)
        personal.add("reason", event.reason?.inOneLine(upTo: Self.maximumReasonLength))
        self.init(
            type: Self.requirement,
            time: event.time,
            isAllowed: event.isAllowed,
            principal: event.principal,
            request: event.request,
            facts: facts,
            personal: personal
        )
    }
}

extension Principal {
    /// The JSON of the principal, with the facts of its credential.
    fileprivate var json: JSONValue {
        var members = JSONMembers()
        if !issuer.isEmpty { members.add("issuer", .string(issuer)) }
        if kind != .user { members.add("kind", .string(kind.rawValue)) }
        members.add("type", type)
        if !roles.isEmpty { members.add("roles", JSONValue(roles.map(\.role))) }
        members.add("tokenKind", tokenKind?.rawValue)
        if let actor { members.add("actor", actor) }
        members.add("session", session?.id)
        return members.object
    }
}
