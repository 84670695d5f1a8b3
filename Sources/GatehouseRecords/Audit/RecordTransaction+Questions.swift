public import GatehouseBase

extension RecordTransaction {
    /// Returns the holders of a permission at a time, by the policy and the roles of that time.
    ///
    /// - Returns: The holders; `nil` if the records have no policy of that time.
    public func whoCould(_ permission: Permission, at time: Timestamp, issuer: String) throws -> [PolicyEngine
        .PermittedPrincipal]?
    {
        guard let stored = try policy(at: time), let engine = try? PolicyEngine(content: stored.content) else {
            return nil
        }
        var policy = engine.policy
        policy.assignments += try recordedRoles(issuer: issuer, at: time).compactMap { recorded in
            // A role that the policy does not define grants nothing, and would make the policy invalid.
            guard engine.unknownNames(roles: [recorded.role.role]).isEmpty else { return nil }
            return Assignment(recorded.role, to: recorded.member.user, in: recorded.member.organization)
        }
        // Static constraints are about a document's assignments. The assignments of that time are facts.
        policy.constraints = policy.constraints.filter { $0.kind != .static }
        guard let then = try? PolicyEngine(policy) else { return nil }
        return then.whoCan(permission, at: time)
    }

}

extension AuditRows {
    /// Returns the decisions about permissions and other requirements whose record or request has this id. A sender may choose the id of a
    /// record as the id of a request.
    public func decisions(named id: String) throws -> [AuditRow] {
        let query = AuditQuery(types: AuditRecord.decided, requestID: id)
        let ofRecord = try decisions(ofRecord: id)
        let ofRequest = try auditRows(query, after: 0, limit: 1_000)
        return ofRecord + ofRequest.filter { row in !ofRecord.contains { $0.number == row.number } }
    }

    private func decisions(ofRecord id: String) throws -> [AuditRow] {
        guard let dash = id.utf8.lastIndex(of: UInt8(ascii: "-")),
            let sequence = Int64(String(id.utf8[id.utf8.index(after: dash)...]) ?? "")
        else { return [] }
        let writer = String(id[..<dash])
        return try auditRows(of: writer, from: sequence, afterNumber: 0, limit: 1).filter { $0.sequence == sequence }
            .filter { row in AuditRecord.decided.contains { row.record.type.hasSameBytes(as: $0) } }
    }
}

extension StoredPolicy {
    /// Compiles the policy.
    ///
    /// - Throws: `PolicyError` if the content was changed.
    public func engine() throws(PolicyError) -> PolicyEngine { try PolicyEngine(content: content) }
}
