#if Server
import Gatehouse
import GatehouseBase
import Synchronization

/// A decision point that answers questions about subjects, actions and resources by the policy, the stored roles and the stored attributes.
struct DecisionPoint: Sendable {
    /// The answer to a question.
    enum Verdict: Sendable, Hashable {
        case decided(Bool)
        /// The answer is no, since a name of the question is malformed; with the reason.
        case impossible(String)

        var isAllowed: Bool { self == .decided(true) }
    }

    /// The authorizer that decides and informs the observers.
    let authorizer: Authorizer
    /// The authorizer that decides about the candidates of a search. It informs no observers, since nobody acts on a candidate that is left
    /// out.
    let silent: Authorizer
    /// The authorizers for subjects that are no users, which the store does not know.
    let otherSubjects: (told: Authorizer, silent: Authorizer)
    let entities: CurrentEntities

    /// Answers a question.
    ///
    /// - Throws: `AuthorizerError` if no decision was possible.
    func answer(
        _ question: Question,
        _ entities: EntityCatalogue,
        isTold: Bool
    ) async throws(AuthorizerError) -> Verdict {
        let check: Check
        do throws(RequestError) {
            check = try self.check(of: question, entities)
        } catch {
            return .impossible(error.message)
        }
        let isAllowed = try await authorizer(for: question, isTold: isTold).isAllowed(
            check.permission,
            for: check.principal,
            on: check.resource,
            action: question.actionProperties,
            context: question.context
        )
        return .decided(isAllowed)
    }

    /// Answers a question at once; `nil` if the answer needs roles that have to be loaded, or observers wait for the answer.
    func answerAtHand(_ question: Question, _ entities: EntityCatalogue) -> Verdict? {
        let check: Check
        do throws(RequestError) {
            check = try self.check(of: question, entities)
        } catch {
            return .impossible(error.message)
        }
        return authorizer(for: question, isTold: true).answerAtHand(
            check.permission,
            for: check.principal,
            on: check.resource,
            action: question.actionProperties,
            context: question.context
        ).map { .decided($0) }
    }

    /// The names of a question, read.
    private struct Check {
        let principal: Principal
        let permission: Permission
        let resource: Resource
    }

    private func check(of question: Question, _ entities: EntityCatalogue) throws(RequestError) -> Check {
        Check(
            principal: try principal(of: question, entities),
            permission: try Self.permission(of: question, silent.engine),
            resource: Resource(
                type: question.resource.type,
                id: question.resource.id,
                attributes: entities.resources.attributes(of: question.resource, sent: question.resourceProperties)
            )
        )
    }

    private func authorizer(for question: Question, isTold: Bool) -> Authorizer {
        let isUser = question.subject.type.hasSameBytes(as: "user")
        return isUser ? (isTold ? authorizer : silent) : (isTold ? otherSubjects.told : otherSubjects.silent)
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

    /// Returns the permission for an action on a resource. The permission is the action's name if the name has a colon or the policy has
    /// this name, and otherwise the resource's type and the name.
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

/// The current entities, which can be replaced while questions are answered.
final class CurrentEntities: Sendable {
    private let state: Mutex<EntityCatalogue>

    init(_ catalogue: EntityCatalogue) {
        state = Mutex(catalogue)
    }

    var catalogue: EntityCatalogue { state.withLock { $0 } }

    func replace(with catalogue: EntityCatalogue) { state.withLock { $0 = catalogue } }
}
#endif
