// GraphiQL on this server: queries by POST, subscriptions by server-sent events (graphql-sse).
(function () {
  'use strict';

  const KEY = 'germline.token';
  const field = document.getElementById('token');
  field.value = sessionStorage.getItem(KEY) || '';

  function post(path, params, options, accept) {
    const headers = Object.assign(
      {'Content-Type': 'application/json', Accept: accept},
      field.value ? {Authorization: 'Bearer ' + field.value} : {},
      options && options.headers);
    return fetch(path, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        query: params.query,
        variables: params.variables,
        operationName: params.operationName,
      }),
    });
  }

  function isSubscription(params, options) {
    const document = options && options.documentAST;
    return Boolean(document) && document.definitions.some(function (definition) {
      return definition.kind === 'OperationDefinition'
        && definition.operation === 'subscription'
        && (!params.operationName || (definition.name && definition.name.value === params.operationName));
    });
  }

  async function* events(params, options) {
    const response = await post('/api/v1/graphql/stream', params, options, 'text/event-stream');
    if (!response.ok) {
      yield await response.json();
      return;
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    try {
      for (;;) {
        const {value, done} = await reader.read();
        if (done) {
          return;
        }
        rest += value;
        const parts = rest.split('\n\n');
        rest = parts.pop();
        for (const part of parts) {
          const data = part.split('\n')
            .filter(function (line) { return line.startsWith('data:'); })
            .map(function (line) { return line.slice(5); })
            .join('\n')
            .trim();
          if (data) {
            yield JSON.parse(data);
          }
        }
      }
    } finally {
      reader.cancel();
    }
  }

  function fetcher(params, options) {
    return isSubscription(params, options)
      ? events(params, options)
      : post('/api/v1/graphql', params, options, 'application/json').then(function (response) {
        return response.json();
      });
  }

  const root = ReactDOM.createRoot(document.getElementById('graphiql'));
  let shown = 0;

  // A new token may see another part of the registry: begin anew.
  function show() {
    root.render(React.createElement(GraphiQL, {key: shown++, fetcher}));
  }

  document.getElementById('sign-in').addEventListener('submit', function (event) {
    event.preventDefault();
    sessionStorage.setItem(KEY, field.value);
    show();
  });
  if (field.value) {
    show();
  } else {
    field.focus(); // whatever it would ask without a token is refused
  }
})();
