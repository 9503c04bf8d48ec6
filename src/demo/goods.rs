//! What the demo's shops sell.

use super::Shops;
use crate::{
    domain::{
        catalogue::telling,
        money::Currency,
        normal::{Choice, ProductNews, VariantNews},
        orders::Source,
    },
    error::{Error, Result},
    store::Tx,
};

/// A product in its colours and sizes. A variant's external id is `<product>-<colour>-<size>` by their places.
pub(super) struct Goods {
    pub id: &'static str,
    pub title: &'static str,
    /// The drawing its pictures are of.
    drawing: &'static str,
    colour: &'static str,
    size: &'static str,
    /// Name, picture, price in cents.
    pub colours: &'static [(&'static str, &'static str, i64)],
    pub sizes: &'static [&'static str],
    /// Pieces by size, for every colour but those below.
    stock: &'static [i64],
    /// Colours with their own pieces by size.
    scarce: &'static [(usize, &'static [i64])],
    exchangeable: bool,
}

pub(super) const SHIRT: Goods = Goods {
    id: "8101",
    title: "Chemise Sormiou en lin",
    drawing: "shirt",
    colour: "Couleur",
    size: "Taille",
    colours: &[
        ("Écru", "ecru", 9_200),
        ("Bleu orage", "storm-blue", 9_600),
        ("Sauge", "sage", 9_200),
        ("Terre cuite", "terracotta", 9_200),
        ("Ciel", "sky", 9_200),
        ("Prune", "plum", 9_600),
        ("Encre", "ink", 9_200),
    ],
    sizes: &["XS", "S", "M", "L", "XL"],
    stock: &[4, 9, 12, 8, 6],
    scarce: &[(1, &[0, 9, 7, 6, 1]), (3, &[0, 2, 2, 1, 0]), (6, &[0, 0, 0, 0, 0])],
    exchangeable: true,
};

pub(super) const TEE: Goods = Goods {
    id: "8102",
    title: "Marinière Port-Pin",
    drawing: "tee",
    colour: "Couleur",
    size: "Taille",
    colours: &[
        ("Blanc et marine", "white-navy", 5_400),
        ("Blanc et rouge", "white-red", 5_400),
        ("Encre", "ink", 5_400),
    ],
    sizes: &["XS", "S", "M", "L", "XL"],
    stock: &[3, 8, 11, 7, 4],
    scarce: &[(1, &[0, 3, 1, 0, 2])],
    exchangeable: true,
};

pub(super) const SOCKS: Goods = Goods {
    id: "8103",
    title: "Chaussettes côtelées",
    drawing: "socks",
    colour: "Couleur",
    size: "Pointure",
    colours: &[("Terre cuite", "terracotta", 1_400), ("Sauge", "sage", 1_400), ("Moutarde", "mustard", 1_400)],
    sizes: &["36–38", "39–42", "43–46"],
    stock: &[20, 26, 14],
    scarce: &[],
    exchangeable: false,
};

pub(super) const TOTE: Goods = Goods {
    id: "8201",
    title: "Market tote",
    drawing: "tote",
    colour: "Colour",
    size: "Size",
    colours: &[("Ecru", "ecru", 6_500), ("Honey", "honey", 6_500), ("Ink", "ink", 7_200)],
    sizes: &["Small", "Large"],
    stock: &[6, 5],
    scarce: &[(2, &[3, 0])],
    exchangeable: true,
};

pub(super) const PLAIN_TEE: Goods = Goods {
    id: "8202",
    title: "Everyday tee",
    drawing: "tee",
    colour: "Colour",
    size: "Size",
    colours: &[("White", "white", 3_900), ("Sky", "sky", 3_900), ("Ink", "ink", 3_900)],
    sizes: &["S", "M", "L", "XL"],
    stock: &[10, 12, 9, 3],
    scarce: &[(1, &[2, 1, 0, 4])],
    exchangeable: true,
};

/// A booking of the workshop: nothing the catalogue has, and nothing that is sent.
pub(super) const FITTING: Goods = Goods {
    id: "8190",
    title: "Retouche à l’atelier",
    drawing: "shirt",
    colour: "Jour",
    size: "Heure",
    colours: &[("Samedi", "", 3_500)],
    sizes: &["10 h 30"],
    stock: &[],
    scarce: &[],
    exchangeable: false,
};

impl Goods {
    /// The external id of a variant by the places of its colour and size.
    pub(super) fn variant(&self, colour: usize, size: usize) -> String {
        format!("{}{colour}{size}", self.id)
    }

    fn pieces(&self, colour: usize, size: usize) -> Option<i64> {
        let scarce = self.scarce.iter().find(|(place, _)| *place == colour).map(|(_, pieces)| *pieces);
        scarce.unwrap_or(self.stock).get(size).copied()
    }

    fn picture(&self, picture: &str) -> String {
        format!("/static/demo/{}-{picture}.svg", self.drawing)
    }

    fn news(&self, now: chrono::DateTime<chrono::Utc>) -> Result<ProductNews> {
        let euro: Currency = "EUR".parse().map_err(|_| Error::Internal("no euro".to_owned()))?;
        let variants = self.colours.iter().enumerate().flat_map(|(colour, (name, picture, price))| {
            self.sizes.iter().enumerate().map(move |(size, size_name)| VariantNews {
                external_id: self.variant(colour, size),
                stock_id: None,
                sku: Some(format!("{}-{picture}-{size_name}", self.drawing).to_uppercase()),
                options: vec![choice(self.colour, name), choice(self.size, size_name)],
                image: Some(self.picture(picture)),
                price: Some(rust_decimal::Decimal::new(*price, 2)),
                currency: Some(euro),
                stock: self.pieces(colour, size),
            })
        });
        let first = self.colours.first().map(|(_, picture, _)| self.picture(picture));
        Ok(ProductNews {
            external_id: self.id.to_owned(),
            title: self.title.to_owned(),
            image: first,
            updated_at: now,
            retired: false,
            variants: variants.collect(),
        })
    }
}

pub(super) fn choice(name: &str, value: &str) -> Choice {
    Choice { name: name.to_owned(), value: value.to_owned() }
}

pub(super) fn stock(tx: &mut Tx<'_>, shops: &Shops) -> Result<()> {
    for goods in [&SHIRT, &TEE, &SOCKS] {
        shelve(tx, &shops.calanque, goods)?;
    }
    for goods in [&TOTE, &PLAIN_TEE] {
        shelve(tx, &shops.garrigue, goods)?;
    }
    telling::product(tx, &shops.calanque, &player(tx.now())?)
}

fn shelve(tx: &mut Tx<'_>, source: &Source, goods: &Goods) -> Result<()> {
    let news = goods.news(tx.now())?;
    telling::product(tx, source, &news)?;
    telling::set_exchangeable(tx, source, goods.id, goods.exchangeable)
}

/// The music player of the sample orders that Shopify publishes for developers, so that posting one of them shows an
/// exchange, too.
fn player(now: chrono::DateTime<chrono::Utc>) -> Result<ProductNews> {
    let dollar: Currency = "USD".parse().map_err(|_| Error::Internal("no dollar".to_owned()))?;
    let colours =
        [("808950810", "Pink", 10), ("49148385", "Red", 20), ("39072856", "Green", 30), ("457924702", "Black", 40)];
    let variants = colours.map(|(id, colour, stock)| VariantNews {
        external_id: id.to_owned(),
        stock_id: Some(id.to_owned()),
        sku: Some(format!("IPOD2008{}", colour.to_uppercase())),
        options: vec![choice("Color", colour)],
        image: None,
        price: Some(rust_decimal::Decimal::new(19_900, 2)),
        currency: Some(dollar),
        stock: Some(stock),
    });
    Ok(ProductNews {
        external_id: "632910392".to_owned(),
        title: "IPod Nano - 8GB".to_owned(),
        image: None,
        updated_at: now - chrono::Duration::days(1),
        retired: false,
        variants: variants.to_vec(),
    })
}
