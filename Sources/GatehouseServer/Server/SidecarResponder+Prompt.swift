#if Server
import GatehouseBase
import GatehouseHTTP
import HTTPTypes
import NIOCore

extension SidecarResponder {
    /// Returns the handlers of a connection, between the decoder and Hummingbird.
    func connectionHandlers() -> [any RemovableChannelHandler] {
        let progress = SenderProgress(limits)
        return [SenderLimits(progress), PromptAnswers(self, progress)]
    }

    /// Returns the endpoint of a request that may be answered at once; `nil` for other requests.
    ///
    /// Records need a description of the request, which observers find in the task of the request. A request that says something about its
    /// connection is left to Hummingbird, which closes connections.
    func promptEndpoint(of head: HTTPRequest) -> Endpoint? {
        guard decisions.authorizer.observers.isEmpty, !head.headerFields.contains(.connection),
            !head.headerFields.contains(.expect)
        else { return nil }
        let endpoint = Endpoint(path: head.pathWithoutQuery, discovery: discovery?.path)
        switch endpoint {
        case .forwardAuth where head.method != .head: return endpoint
        case .evaluation where head.method == .post: return endpoint
        default: return nil
        }
    }

    /// Returns true if a client waits for 100 before it sends the body (RFC 9110 section 10.1.1), and the body is not refused by its length.
    func wantsBody(of head: HTTPRequest) -> Bool {
        guard let expectation = head.headerFields[.expect] else { return false }
        let length = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
        return expectation.lowercased() == "100-continue" && length <= limits.bodyByteCount
    }

    /// Returns the answer to a whole request, with the request's id, if the answer is known at once; `nil` if ``respond(to:context:)`` has
    /// to be called.
    func answerAtHand(
        _ endpoint: Endpoint,
        _ head: HTTPRequest,
        _ body: ByteBuffer?,
        from peer: IPAddress?
    ) -> (answer: Answer, id: String)? {
        let start = ContinuousClock.now
        let id = RequestName.of(head.headerFields)
        let known =
            endpoint == .evaluation
            ? evaluationAtHand(head, body, from: peer, id)
            : forwardAuth.answerAtHand(head, path: head.pathWithoutQuery, from: peer, requestID: id)
        guard let answer = known else { return nil }
        metrics.answered(endpoint, status: answer.status.code, in: .now - start)
        return (answer, id)
    }

    private func evaluationAtHand(_ head: HTTPRequest, _ body: ByteBuffer?, from peer: IPAddress?, _ id: String)
        -> Answer?
    {
        guard let body, refusal(of: head.headerFields, from: peer, id) == nil, head.headerFields.isJSON,
            body.readableBytes <= limits.bodyByteCount,
            let document = try? JSONDocument(parsing: Array(body.readableBytesView))
        else { return nil }
        return decisions.evaluationAtHand(document.root).map { .json($0) }
    }
}
#endif
