package dev.germline.app.identity;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.Tenant;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Hands the signed-in {@link Caller} to controllers that ask for one. */
@Singleton
final class CallerBinder implements TypedRequestArgumentBinder<Caller> {
  @Override
  public BindingResult<Caller> bind(
      ArgumentConversionContext<Caller> context, HttpRequest<?> request) {
    Authentication authentication =
        request
            .getUserPrincipal(Authentication.class)
            .orElseThrow(() -> new GermlineException(Fault.UNAUTHENTICATED, "this needs a token"));
    Role role = authentication.getRoles().contains(Role.ADMIN.name()) ? Role.ADMIN : Role.USER;
    Tenant tenant =
        authentication.getAttributes().get(Tokens.TENANT) instanceof String name
            ? new Tenant(name)
            : Tenant.DEFAULT;
    Caller caller = new Caller(authentication.getName(), role, tenant);
    return () -> Optional.of(caller);
  }

  @Override
  public Argument<Caller> argumentType() {
    return Argument.of(Caller.class);
  }
}
