#if Server
import Gatehouse
import GatehouseBase
import Synchronization

/// Answers questions about subjects, actions and resources by the policy, the stored roles and the stored attributes.
struct DecisionPoint: Sendable {
    /// The answer to a question.
    enum Verdict: Sendable, Hashable {
        case decided(Bool)
        /// No, since a name of the question cannot be one; and why.
        case impossible(String)

        var isAllowed: Bool { self == .decided(true) }
    }

    /// Decides, and tells the observers of it.
    let authorizer: Authorizer
    /// Decides which candidates are results of a search: those that are not are no decisions that anybody acts on.
    let silent: Authorizer
    /// Decide about subjects that are no users, of whom the store knows nothing.
    let otherSubjects: (told: Authorizer, silent: Authorizer)
    let entities: CurrentEntities

    /// - Throws: `AuthorizerError` where it could not be decided.
    func answer(
        _ question: Question,
        _ entities: EntityCatalogue,
        isTold: Bool
    ) async throws(AuthorizerError) -> Verdict {
        let principal: Principal
        let permission: Permission
        do throws(RequestError) {
            principal = try self.principal(of: question, entities)
            permission = try Self.permission(of: question, silent.engine)
        } catch {
            return .impossible(error.message)
        }
        let isUser = question.subject.type.hasSameBytes(as: "user")
        let authorizer =
            isUser ? (isTold ? authorizer : silent) : (isTold ? otherSubjects.told : otherSubjects.silent)
        let isAllowed = try await authorizer.isAllowed(
            permission,
            for: principal,
            on: Resource(
                type: question.resource.type,
                id: question.resource.id,
                attributes: entities.resources.attributes(of: question.resource, sent: question.resourceProperties)
            ),
            action: question.actionProperties,
            context: question.context
        )
        return .decided(isAllowed)
    }

    private func principal(of question: Question, _ entities: EntityCatalogue) throws(RequestError) -> Principal {
        let subject = question.subject
        guard Name.isSegment(subject.type) else {
            throw RequestError(
                "no subject has the type “\(subject.type.printable)”: a type is one segment of A-Z a-z 0-9 _ - ."
            )
        }
        guard !subject.id.isEmpty else { throw RequestError("no subject has an empty id") }
        var organization: Principal.Organization?
        if let sent = question.subjectProperties["organization"], sent != .null {
            guard let id = sent.string, !id.isEmpty else {
                throw RequestError("the organization of a subject is a string, and not empty")
            }
            organization = Principal.Organization(id)
        }
        return Principal(
            subject.id,
            type: subject.type,
            issuer: authorizer.issuer ?? "",
            organization: organization,
            attributes: entities.subjects.attributes(of: subject, sent: question.subjectProperties)
        )
    }

    /// Returns the permission that an action on a resource is: the action's name where it has a colon or the policy names it as it stands,
    /// else the resource's type and the name.
    static func permission(of question: Question, _ engine: PolicyEngine) throws(RequestError) -> Permission {
        let resource = question.resource
        guard Name.isSegment(resource.type) else {
            throw RequestError(
                "no resource has the type “\(resource.type.printable)”: a type is one segment of A-Z a-z 0-9 _ - ."
            )
        }
        guard !resource.id.isEmpty else { throw RequestError("no resource has an empty id") }
        do throws(NameError) {
            guard !question.action.utf8.contains(UInt8(ascii: ":")) else {
                return try Permission(validating: question.action)
            }
            if let whole = try? Permission(validating: question.action), engine.isNamed(whole) { return whole }
            return try Permission(validating: "\(resource.type):\(question.action)")
        } catch {
            throw RequestError(error.description)
        }
    }
}

/// The entities in force, which can be replaced while questions are answered.
final class CurrentEntities: Sendable {
    private let state: Mutex<EntityCatalogue>

    init(_ catalogue: EntityCatalogue) {
        state = Mutex(catalogue)
    }

    var catalogue: EntityCatalogue { state.withLock { $0 } }

    func replace(with catalogue: EntityCatalogue) { state.withLock { $0 = catalogue } }
}
#endif
