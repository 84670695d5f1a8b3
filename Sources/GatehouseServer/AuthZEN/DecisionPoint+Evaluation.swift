#if Server
import Gatehouse
import GatehouseBase

/// The “Access Evaluation API” and the “Access Evaluations API” of AuthZEN 1.0.
extension DecisionPoint {
    /// The reason why there is no answer.
    enum Failure: Error {
        /// The request is wrong: the answer is 400.
        case request(RequestError)
        /// No decision was possible: the answer is 503.
        case undecided(AuthorizerError)
    }

    private enum Semantic: String {
        case executeAll = "execute_all"
        case denyOnFirstDeny = "deny_on_first_deny"
        case permitOnFirstPermit = "permit_on_first_permit"

        /// Returns true if no further question is answered after this decision.
        func ends(with isAllowed: Bool) -> Bool {
            switch self {
            case .executeAll: false
            case .denyOnFirstDeny: !isAllowed
            case .permitOnFirstPermit: isAllowed
            }
        }
    }

    /// Returns the answer to one question.
    func evaluation(_ body: JSONNode) async throws(Failure) -> JSONValue {
        let question: Question
        do throws(RequestError) {
            question = try Question(SentEntities(body))
        } catch {
            throw .request(error)
        }
        return JSONValue(try await verdict(question, entities.catalogue))
    }

    /// Returns the answer to one question at once; `nil` if ``evaluation(_:)`` has to be called.
    func evaluationAtHand(_ body: JSONNode) -> JSONValue? {
        guard let question = try? Question(SentEntities(body)) else { return nil }
        return answerAtHand(question, entities.catalogue).map { JSONValue($0) }
    }

    /// The number of questions of one request after which other requests have their turn.
    static var share: Int { 64 }

    /// Returns the answers to several questions. A question takes missing members from the request.
    func evaluations(_ body: JSONNode) async throws(Failure) -> JSONValue {
        let defaults: SentEntities
        let items: JSONNode?
        let semantic: Semantic
        do throws(RequestError) {
            defaults = try SentEntities(body)
            semantic = try Self.semantic(of: body)
            items = body.present("evaluations")
            guard items.map({ $0.kind == .array }) ?? true else { throw RequestError("“evaluations” must be an array") }
        } catch {
            throw .request(error)
        }
        var iterator = items?.elements.makeIterator()
        guard var item = iterator?.next() else { return try await evaluation(body) }
        let catalogue = entities.catalogue
        var answers: [JSONValue] = []
        while true {
            // A malformed item is denied in its place.
            let question = try? Question(defaults.replaced(by: SentEntities(item)))
            let verdict: Verdict
            if let question {
                verdict = try await self.verdict(question, catalogue)
            } else {
                verdict = .decided(false)
            }
            answers.append(JSONValue(verdict))
            if answers.count.isMultiple(of: Self.share) { await Task.yield() }
            guard !semantic.ends(with: verdict.isAllowed), let next = iterator?.next() else { break }
            item = next
        }
        return ["evaluations": .array(answers)]
    }

    private func verdict(_ question: Question, _ catalogue: EntityCatalogue) async throws(Failure) -> Verdict {
        do throws(AuthorizerError) {
            return try await answer(question, catalogue, isTold: true)
        } catch {
            throw .undecided(error)
        }
    }

    private static func semantic(of body: JSONNode) throws(RequestError) -> Semantic {
        guard let options = body.present("options") else { return .executeAll }
        guard options.kind == .object else { throw RequestError("“options” must be an object") }
        guard let name = try options.text("evaluations_semantic", of: "options") else { return .executeAll }
        // The comparison is by bytes, since an enumeration's raw values compare as Swift's strings do.
        let known: [Semantic] = [.executeAll, .denyOnFirstDeny, .permitOnFirstPermit]
        guard let semantic = known.first(where: { $0.rawValue.hasSameBytes(as: name) }) else {
            throw RequestError("“\(name.printable)” is no semantic of evaluations")
        }
        return semantic
    }
}

extension JSONValue {
    /// Makes the JSON of a verdict. Only an impossible question has a context, which contains the reason.
    init(_ verdict: DecisionPoint.Verdict) {
        switch verdict {
        case .decided(let isAllowed): self = ["decision": .bool(isAllowed)]
        case .impossible(let reason): self = ["decision": false, "context": ["reason": .string(reason)]]
        }
    }
}
#endif
