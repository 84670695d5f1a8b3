#if Hummingbird
public import GatehouseHTTP
public import Hummingbird

/// A router or group on which routes are registered with their requirements: a ``GuardedRouter`` or a group of its routes.
///
/// Hummingbird's own methods work too. A route that is registered by them requires what its group requires. On the router itself such a
/// route requires nothing, and so is closed.
public protocol GuardedRouterMethods<Context>: RouterMethods where Context: PrincipalRequestContext {
    /// Registers a route that requires all of `requirements` and all that its group requires.
    @discardableResult
    func on<Responder: HTTPResponder>(
        _ path: RouterPath,
        method: HTTPRequest.Method,
        requires requirements: [Requirement],
        responder: Responder
    ) -> Self where Responder.Context == Context

    /// Makes a group of routes that require all of `requirements` and all that the outer group requires.
    func group(_ path: RouterPath, requires requirements: [Requirement]) -> GuardedRouterGroup<Context>
}

extension GuardedRouterMethods {
    /// Registers a route that requires what its group requires. On the router itself the route is closed.
    @discardableResult
    public func on<Responder: HTTPResponder>(
        _ path: RouterPath,
        method: HTTPRequest.Method,
        responder: Responder
    ) -> Self where Responder.Context == Context {
        on(path, method: method, requires: [], responder: responder)
    }

    /// Makes a group of routes that require what the outer group requires.
    public func group(_ path: RouterPath = "") -> GuardedRouterGroup<Context> {
        group(path, requires: [])
    }

    /// Makes a group of routes that require all of the given requirements and all that the outer group requires.
    public func group(
        _ path: RouterPath = "",
        requires first: Requirement,
        _ others: Requirement...
    ) -> GuardedRouterGroup<Context> {
        group(path, requires: [first] + others)
    }

    /// Registers a route that requires all of the given requirements and all that its group requires.
    @discardableResult
    public func on(
        _ path: RouterPath,
        method: HTTPRequest.Method,
        requires first: Requirement,
        _ others: Requirement...,
        use handler: @Sendable @escaping (Request, Context) async throws -> some ResponseGenerator
    ) -> Self {
        on(path, method, [first] + others, handler)
    }

    private func on(
        _ path: RouterPath,
        _ method: HTTPRequest.Method,
        _ requirements: [Requirement],
        _ handler: @Sendable @escaping (Request, Context) async throws -> some ResponseGenerator
    ) -> Self {
        let responder = CallbackResponder<Context> { request, context in
            try await handler(request, context).response(from: request, context: context)
        }
        return on(path, method: method, requires: requirements, responder: responder)
    }
}

extension GuardedRouterMethods {
    /// Registers a route for GET that requires all of the given requirements and all that its group requires.
    @discardableResult
    public func get(
        _ path: RouterPath = "",
        requires first: Requirement,
        _ others: Requirement...,
        use handler: @Sendable @escaping (Request, Context) async throws -> some ResponseGenerator
    ) -> Self {
        on(path, .get, [first] + others, handler)
    }

    /// Registers a route for HEAD that requires all of the given requirements and all that its group requires.
    @discardableResult
    public func head(
        _ path: RouterPath = "",
        requires first: Requirement,
        _ others: Requirement...,
        use handler: @Sendable @escaping (Request, Context) async throws -> some ResponseGenerator
    ) -> Self {
        on(path, .head, [first] + others, handler)
    }

    /// Registers a route for PUT that requires all of the given requirements and all that its group requires.
    @discardableResult
    public func put(
        _ path: RouterPath = "",
        requires first: Requirement,
        _ others: Requirement...,
        use handler: @Sendable @escaping (Request, Context) async throws -> some ResponseGenerator
    ) -> Self {
        on(path, .put, [first] + others, handler)
    }

    /// Registers a route for POST that requires all of the given requirements and all that its group requires.
    @discardableResult
    public func post(
        _ path: RouterPath = "",
        requires first: Requirement,
        _ others: Requirement...,
        use handler: @Sendable @escaping (Request, Context) async throws -> some ResponseGenerator
    ) -> Self {
        on(path, .post, [first] + others, handler)
    }

    /// Registers a route for PATCH that requires all of the given requirements and all that its group requires.
    @discardableResult
    public func patch(
        _ path: RouterPath = "",
        requires first: Requirement,
        _ others: Requirement...,
        use handler: @Sendable @escaping (Request, Context) async throws -> some ResponseGenerator
    ) -> Self {
        on(path, .patch, [first] + others, handler)
    }

    /// Registers a route for DELETE that requires all of the given requirements and all that its group requires.
    @discardableResult
    public func delete(
        _ path: RouterPath = "",
        requires first: Requirement,
        _ others: Requirement...,
        use handler: @Sendable @escaping (Request, Context) async throws -> some ResponseGenerator
    ) -> Self {
        on(path, .delete, [first] + others, handler)
    }
}
#endif
