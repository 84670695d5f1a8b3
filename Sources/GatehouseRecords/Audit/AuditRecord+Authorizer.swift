import GatehouseBase

extension AuditRecord {
    /// Makes the record of a decision of an authorizer. The request's address and user agent are the last personal data.
    init(
        type: String,
        time: Timestamp,
        isAllowed: Bool,
        principal: Principal,
        request: RequestDescription?,
        facts: JSONMembers,
        personal: JSONMembers
    ) {
        var personal = personal
        personal.add("address", request?.address)
        personal.add("userAgent", request?.userAgent)
        self.init(
            type: type,
            time: time,
            outcome: isAllowed ? .allowed : .denied,
            organization: principal.organization?.id,
            requestID: request?.id,
            user: principal.id,
            facts: facts.object,
            personal: personal.object
        )
    }
}
