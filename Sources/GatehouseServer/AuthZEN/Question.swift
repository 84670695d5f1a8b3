#if Server
import GatehouseBase

/// The entities of a request. An item of `evaluations` may replace each of them as a whole.
struct SentEntities: Sendable {
    var subject, action, resource: SentEntity?
    /// The context, which is a JSON object; `nil` if there is none.
    var context: JSONValue?

    /// Reads the entities of a request.
    ///
    /// - Parameter search: The search, whose sought members are skipped; `nil` for an evaluation.
    /// - Throws: ``RequestError`` for a member of the wrong type.
    init(_ request: JSONNode, for search: DecisionPoint.Search? = nil) throws(RequestError) {
        guard request.kind == .object else { throw RequestError("the body must be a JSON object") }
        subject = try SentEntity("subject", of: request, ignoringID: search == .subject)
        action = search == .action ? nil : try SentEntity("action", of: request)
        resource = try SentEntity("resource", of: request, ignoringID: search == .resource)
        context = try request.object("context", of: "the request")
    }

    /// Returns the entities of an item. Entities that the item lacks come from this value.
    func replaced(by item: SentEntities) -> SentEntities {
        var entities = self
        entities.subject = item.subject ?? subject
        entities.action = item.action ?? action
        entities.resource = item.resource ?? resource
        entities.context = item.context ?? context
        return entities
    }

    func requireSubject() throws(RequestError) -> SentEntity { try require(subject, "subject") }
    func requireAction() throws(RequestError) -> SentEntity { try require(action, "action") }
    func requireResource() throws(RequestError) -> SentEntity { try require(resource, "resource") }

    private func require(_ entity: SentEntity?, _ name: String) throws(RequestError) -> SentEntity {
        guard let entity else { throw RequestError("the request needs “\(name)”") }
        return entity
    }
}

/// A question of the AuthZEN API: may this subject perform this action on that resource?
struct Question: Sendable {
    var subject: EntityID
    var subjectProperties: JSONValue
    var action: String
    var actionProperties: JSONValue
    var resource: EntityID
    var resourceProperties: JSONValue
    var context: JSONValue

    /// Makes a question.
    ///
    /// - Throws: ``RequestError`` if a required part is missing.
    init(_ entities: SentEntities) throws(RequestError) {
        let (subject, action) = (try entities.requireSubject(), try entities.requireAction())
        let resource = try entities.requireResource()
        self.init(
            subject: EntityID(type: try subject.requireType(), id: try subject.requireID()),
            subjectProperties: subject.properties,
            action: try action.requireName(),
            actionProperties: action.properties,
            resource: EntityID(type: try resource.requireType(), id: try resource.requireID()),
            resourceProperties: resource.properties,
            context: entities.context ?? [:]
        )
    }

    init(
        subject: EntityID,
        subjectProperties: JSONValue,
        action: String,
        actionProperties: JSONValue,
        resource: EntityID,
        resourceProperties: JSONValue,
        context: JSONValue
    ) {
        (self.subject, self.subjectProperties) = (subject, subjectProperties)
        (self.action, self.actionProperties) = (action, actionProperties)
        (self.resource, self.resourceProperties) = (resource, resourceProperties)
        self.context = context
    }
}
#endif
