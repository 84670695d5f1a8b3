#if Server
import Gatehouse
import GatehouseBase
import GatehouseCrypto

/// The “Search APIs” of AuthZEN 1.0. They return the known entities that an evaluation would allow.
extension DecisionPoint {
    /// The kind of entity that a search returns.
    enum Search: String, Sendable {
        case subject
        case resource
        case action
    }

    /// A candidate of a search: its question, and its result if the answer is yes.
    private struct Candidate {
        let question: Question
        let result: JSONValue
    }

    /// Returns the results of a search, or a page of them.
    func search(_ search: Search, _ body: JSONNode) async throws(Failure) -> JSONValue {
        let catalogue = entities.catalogue
        let engine = silent.engine
        let candidates: [Candidate]
        let page: SearchPage
        do throws(RequestError) {
            let sent = try SentEntities(body, for: search)
            candidates = try Self.candidates(search, sent, catalogue, engine)
            page = try SearchPage(body, fingerprint: try Self.fingerprint(search, sent, catalogue, engine))
        } catch {
            throw .request(error)
        }
        var results: [JSONValue] = []
        var token = ""
        for (index, candidate) in candidates.enumerated().dropFirst(page.start) {
            if index.isMultiple(of: Self.share) { await Task.yield() }
            guard try await isAllowed(candidate, catalogue, isTold: false) else { continue }
            if let limit = page.limit, results.count >= limit {
                token = page.token(startingAt: index)
                break
            }
            // A result discloses a decision, and so is recorded. A candidate that is left out is not recorded, since nobody was refused.
            if !authorizer.observers.isEmpty {
                guard try await isAllowed(candidate, catalogue, isTold: true) else { continue }
            }
            results.append(candidate.result)
        }
        return ["page": ["next_token": .string(token)], "results": .array(results)]
    }

    private func isAllowed(
        _ candidate: Candidate,
        _ catalogue: EntityCatalogue,
        isTold: Bool
    ) async throws(Failure) -> Bool {
        do throws(AuthorizerError) {
            return try await answer(candidate.question, catalogue, isTold: isTold).isAllowed
        } catch {
            throw .undecided(error)
        }
    }

    private static func candidates(
        _ search: Search,
        _ sent: SentEntities,
        _ catalogue: EntityCatalogue,
        _ engine: PolicyEngine
    ) throws(RequestError) -> [Candidate] {
        let subject = try sent.requireSubject()
        let resource = try sent.requireResource()
        let (subjectType, resourceType) = (try subject.requireType(), try resource.requireType())
        let action = search == .action ? nil : try sent.requireAction()
        let name = try action?.requireName() ?? ""
        /// Makes the question about one subject, action and resource.
        func question(_ subjectID: EntityID, _ action: String, _ properties: JSONValue, _ resourceID: EntityID)
            -> Question
        {
            Question(
                subject: subjectID,
                subjectProperties: subject.properties,
                action: action,
                actionProperties: properties,
                resource: resourceID,
                resourceProperties: resource.properties,
                context: sent.context ?? [:]
            )
        }
        func knownSubject() throws(RequestError) -> EntityID? {
            let id = EntityID(type: subjectType, id: try subject.requireID())
            return catalogue.subjects.contains(id) ? id : nil
        }
        func knownResource() throws(RequestError) -> EntityID? {
            let id = EntityID(type: resourceType, id: try resource.requireID())
            return catalogue.resources.contains(id) ? id : nil
        }
        switch search {
        case .subject:
            guard let resourceID = try knownResource() else { return [] }
            return catalogue.subjects.entities(ofType: subjectType).map { id in
                Candidate(question: question(id, name, action?.properties ?? [:], resourceID), result: JSONValue(id))
            }
        case .resource:
            guard let subjectID = try knownSubject() else { return [] }
            return catalogue.resources.entities(ofType: resourceType).map { id in
                Candidate(question: question(subjectID, name, action?.properties ?? [:], id), result: JSONValue(id))
            }
        case .action:
            guard let subjectID = try knownSubject(), let resourceID = try knownResource() else { return [] }
            return engine.actions(on: resourceType).map { action in
                Candidate(question: question(subjectID, action, [:], resourceID), result: ["name": .string(action)])
            }
        }
    }

    /// Returns a hash of the question and the candidates, which differs between searches.
    private static func fingerprint(
        _ search: Search,
        _ sent: SentEntities,
        _ catalogue: EntityCatalogue,
        _ engine: PolicyEngine
    ) throws(RequestError) -> [UInt8] {
        func entity(_ entity: SentEntity?) -> JSONValue {
            guard let entity else { return .null }
            return [
                JSONValue(entity.type), JSONValue(entity.id), JSONValue(entity.name),
                entity.properties.sortedByName,
            ]
        }
        let asked: JSONValue = [
            .string(search.rawValue),
            entity(sent.subject), entity(sent.action), entity(sent.resource),
            (sent.context ?? [:]).sortedByName,
            .string(search == .action ? engine.revision.text : ""),
        ]
        guard let digest = SHA256Digest(of: asked.utf8 + catalogue.revision) else {
            throw RequestError("the search cannot be told from others")
        }
        return digest.bytes
    }
}

extension JSONValue {
    fileprivate init(_ entity: EntityID) {
        self = ["type": .string(entity.type), "id": .string(entity.id)]
    }
}

extension PolicyEngine {
    /// Returns the actions that the policy names for resources of a type, in the form that callers use: without the type if the short name
    /// means the same permission. Names of other types are left out.
    func actions(on type: String) -> [String] {
        permissionNames.compactMap { name in
            guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else { return name }
            guard String(name[..<colon]).hasSameBytes(as: type) else { return nil }
            let rest = String(name[name.utf8.index(after: colon)...])
            guard !rest.utf8.contains(UInt8(ascii: ":")) else { return name }
            // If the policy itself names the short name, a caller needs the full name.
            if let whole = try? Permission(validating: rest), isNamed(whole) { return name }
            return rest
        }
    }
}
#endif
