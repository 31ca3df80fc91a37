/** When even the texts cannot be loaded. */
export function NoTexts() {
  return (
    <main class="page">
      <h1>Scrutin</h1>
      <p role="alert">
        <span lang="fr">Pas de connexion.</span> <span lang="en">No connection.</span>
      </p>
      <button type="button" class="button" onClick={() => location.reload()}>
        <span lang="fr">Réessayer</span> · <span lang="en">Try again</span>
      </button>
    </main>
  );
}
