public import GatehouseBase

extension AuditRow {
    /// The record in the form that `gatehouse audit export` prints.
    public var json: JSONValue {
        var members = JSONMembers()
        members.add("id", .string(id))
        members.add("time", .string(record.time.description))
        members.add("type", .string(record.type))
        if record.outcome != .none { members.add("outcome", record.outcome == .allowed ? "allowed" : "denied") }
        members.add("user", JSONValue(record.user))
        members.add("organization", JSONValue(record.organization))
        members.add("requestID", JSONValue(record.requestID))
        if case .object(let facts) = JSONValue(utf8: record.facts) {
            for fact in facts { members.add(fact.name, fact.value) }
        }
        if isRedacted {
            members.add("redacted", true)
        } else if case .object(let personal) = JSONValue(utf8: record.personal) {
            for part in personal { members.add(part.name, part.value) }
        }
        return members.object
    }
}
