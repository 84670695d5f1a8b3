import HTTPTypes

extension ClerkClient {
    /// Sends a request, repeats it if that is safe, and returns Clerk's answer; null if the answer has no content.
    ///
    /// A request that Clerk refused for its rate (429), or that was not sent since there was no connection, is always repeated. Any other
    /// request is repeated only if its method reads or replaces (`GET`, `PUT`), so that no change is made twice.
    ///
    /// - Throws: ``ClerkError``. If ``ClerkError/mayHaveHappened`` is true, check the result before you repeat the request.
    public func send(_ request: ClerkRequest) async throws(ClerkError) -> JSONValue {
        let prepared = try PreparedRequest(request, by: self)
        let deadline = environment.clock.now().advanced(by: max(.zero, configuration.deadline))
        var attempt = 1
        while true {
            let failure: Failure
            switch await answer(to: prepared, until: deadline) {
            case .success(let value): return value
            case .failure(let error): failure = error
            }
            guard let pause = pause(after: failure, attempt: attempt, of: prepared, until: deadline) else {
                throw failure.error
            }
            do { try await environment.sleep(pause) } catch { throw .cancelled }
            attempt += 1
        }
    }

    /// The failure of an attempt.
    private struct Failure: Error {
        let error: ClerkError
        /// True if Clerk certainly did nothing.
        let isWithoutEffect: Bool
        /// True if another attempt may fare better.
        let isPassing: Bool
    }

    /// Returns the pause before another attempt; `nil` if there is no other attempt.
    private func pause(
        after failure: Failure,
        attempt: Int,
        of request: PreparedRequest,
        until deadline: MonotonicInstant
    ) -> Duration? {
        guard failure.isPassing, failure.isWithoutEffect || request.operation.isRepeatable,
            attempt < configuration.maximumAttempts
        else { return nil }
        let doubled = Duration.milliseconds(100) * (1 << min(attempt - 1, 5))
        let jitter = min(max(environment.jitter(), 0), 1)
        let pause = failure.error.retryAfter ?? doubled * (1 - jitter / 2)
        return environment.clock.now().advanced(by: pause) < deadline ? pause : nil
    }

    private func answer(
        to request: PreparedRequest,
        until deadline: MonotonicInstant
    ) async -> Result<JSONValue, Failure> {
        do throws(ClerkError) {
            return try await limiter.run(until: deadline, isLimited: request.operation.id != "GetJWKS") {
                () async throws(ClerkError) in
                await exchange(request, until: deadline)
            }
        } catch {
            var error = error
            error.operation = request.operation.id
            return .failure(Failure(error: error, isWithoutEffect: true, isPassing: false))
        }
    }

    private func exchange(
        _ request: PreparedRequest,
        until deadline: MonotonicInstant
    ) async -> Result<JSONValue, Failure> {
        let response: HTTPTransportResponse
        do throws(HTTPTransportError) {
            response = try await transport.send(
                HTTPTransportRequest(
                    method: request.operation.method,
                    url: request.url,
                    headerFields: request.headerFields,
                    body: request.body,
                    deadline: environment.clock.now().duration(to: deadline),
                    maximumResponseByteCount: configuration.maximumResponseByteCount
                )
            )
        } catch {
            let hasNotLeft = error.code == .notConnected
            let isPassing = hasNotLeft || error.code == .connectionFailed
            let failure = ClerkError(error, to: request)
            return .failure(Failure(error: failure, isWithoutEffect: hasNotLeft, isPassing: isPassing))
        }
        guard response.status.kind == .successful else {
            let error = ClerkError(response, to: request)
            if response.status == .tooManyRequests, let time = error.retryAfter { limiter.pause(for: time) }
            let isTooMuch = response.status == .tooManyRequests
            let isPassing = isTooMuch || [500, 502, 503, 504].contains(response.status.code)
            return .failure(Failure(error: error, isWithoutEffect: isTooMuch, isPassing: isPassing))
        }
        if response.body.isEmpty { return .success(.null) }
        do throws(JSONError) {
            return .success(JSONValue(try JSONDocument(parsing: response.body).root))
        } catch {
            let invalid = ClerkError(
                .invalidAnswer,
                "the answer is no JSON (\(error.message)): it was cut off, or it comes from a proxy in between",
                operation: request.operation.id,
                status: response.status.code,
                mayHaveHappened: !request.operation.isRead
            )
            return .failure(Failure(error: invalid, isWithoutEffect: false, isPassing: true))
        }
    }
}
