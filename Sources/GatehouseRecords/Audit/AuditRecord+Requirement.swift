import GatehouseBase

extension AuditRecord {
    private static let maximumReasonLength = 1_024

    /// The record of what came of a requirement.
    ///
    /// Its facts are `requirement`, which is absent where a route says nothing and so is closed, and `reverification`; `principal`, `reason`,
    /// `address` and `userAgent` are about a person.
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
    /// The credential's words about the principal.
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
